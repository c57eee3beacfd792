//! Names from which people, companies and training bodies are put together. None of them is anybody's.

/// A prime number of them, and another one of family names: a pair comes back after all pairs were given.
#[rustfmt::skip]
pub const GIVEN: [&str; 101] = [
    "Élodie", "Anouk", "Idriss", "Malo", "Lou", "Inès", "Paul", "Jeanne", "Noé", "Ewa", "Ophélie", "Hugo", "Lina",
    "Victor", "Rémi", "Sofia", "Rayan", "Clémence", "Bastien", "Aminata", "Thomas", "Zoé", "Mehdi", "Pauline",
    "Ludovic", "Chloé", "Antoine", "Samira", "Gaspard", "Marion", "Fabrice", "Yasmine", "Corentin", "Estelle",
    "Quentin", "Fanny", "Olivier", "Nora", "Julien", "Solène", "Ahmed", "Léa", "Grégory", "Camille", "Nicolas",
    "Sandrine", "Karim", "Valérie", "Mathieu", "Fatima", "Sébastien", "Nathalie", "Youssef", "Céline", "Guillaume",
    "Isabelle", "Amine", "Aurélie", "Vincent", "Patricia", "Maxime", "Émilie", "Romain", "Stéphanie", "Alexandre",
    "Leïla", "Benoît", "Laetitia", "Arnaud", "Virginie", "Moussa", "Delphine", "Cédric", "Justine", "Pierre",
    "Manon", "Florian", "Sarah", "Jérôme", "Mélanie", "Adrien", "Hélène", "Kevin", "Margaux", "Loïc", "Agathe",
    "Tristan", "Khadija", "Emmanuel", "Capucine", "Farid", "Maëlle", "Damien", "Rose", "Simon", "Charlotte",
    "Étienne", "Awa", "Lucas", "Bérénice", "Marius",
];

#[rustfmt::skip]
pub const FAMILY: [&str; 211] = [
    "Delmotte", "Bailleul", "Caron", "Denis", "Carpentier", "Vasseur", "Leroy", "Lemaire", "Martel", "Nowak",
    "Petit", "Roussel", "Saïdi", "Taquet", "Watteau", "Herbaut", "Kaci", "Flament", "Deswarte", "Diallo", "Cordier",
    "Blondel", "Haddad", "Lecocq", "Poulain", "Debruyne", "Masson", "Benali", "Queval", "Hochart", "Lagache",
    "Ferhat", "Dupuis", "Wiart", "Morel", "Cauchy", "Bécart", "Martin", "Bernard", "Dubois", "Durand", "Moreau",
    "Laurent", "Simon", "Michel", "Lefebvre", "Roux", "Fournier", "Girard", "Bonnet", "Dupont", "Lambert",
    "Fontaine", "Rousseau", "Vincent", "Muller", "Lefèvre", "Faure", "André", "Mercier", "Blanc", "Guérin", "Boyer",
    "Garnier", "Chevalier", "François", "Legrand", "Gauthier", "Garcia", "Perrin", "Robin", "Clément", "Morin",
    "Nicolas", "Henry", "Mathieu", "Gautier", "Duval", "Marchand", "Noël", "Meyer", "Lucas", "Jean", "Perez",
    "Marie", "Dufour", "Blanchard", "Joly", "Gaillard", "Brunet", "Rivière", "Lacroix", "Renard", "Picard", "Arnaud",
    "Aubert", "Colin", "Fabre", "Lebrun", "Barbier", "Rolland", "Hubert", "Giraud", "Fernandez", "Leclercq",
    "Olivier", "Philippe", "Bourgeois", "Renaud", "Guillaume", "Lecomte", "Rey", "Dumont", "Meunier", "Benoît",
    "Berger", "Vidal", "Dumas", "Le Gall", "Leclerc", "Baron", "Da Silva", "Prévost", "Rodriguez", "Huet", "Cousin",
    "Schmitt", "Royer", "Charpentier", "Marty", "Fleury", "Guillot", "Barre", "Jacquet", "Germain", "Monnier",
    "Maillard", "Pons", "Carré", "Besson", "Remy", "Brun", "Weber", "Collet", "Perrot", "Bertin", "Poirier", "Marchal",
    "Hamon", "Tessier", "Pichon", "Boucher", "Lejeune", "Gilbert", "Bailly", "Étienne", "Camus", "Cohen", "Bouchet",
    "Laine", "Delattre", "Vanhove", "Desrumaux", "Ghesquière", "Hennebelle", "Wattel", "Bracq", "Carlier", "Aubry",
    "Houdart", "Delannoy", "Vandamme", "Declercq", "Lepoutre", "Dhaene", "Verhaeghe", "Mention", "Obin", "Pruvost",
    "Quenot", "Ringot", "Sénéchal", "Thuilliez", "Ternisien", "Bouton", "Cuvelier", "Dacheux", "Evrard", "Fourdinier",
    "Gosselin", "Hanquez", "Ivars", "Jourdain", "Kowalski", "Lhomme", "Mackowiak", "Nuttens", "Ouali", "Pecqueur",
    "Rohart", "Stievenard", "Toulotte", "Ba", "Traoré", "Nguyen", "Belkacem", "Cissé", "Dos Santos", "Ziani", "Wozniak",
    "Ledoux",
];

/// A trade: code of its activity, collective agreement, what its companies call themselves, and how many of a
/// hundred companies there are of it.
pub struct Trade {
    pub naf: &'static str,
    pub idcc: Option<&'static str>,
    pub called: &'static [&'static str],
    pub share: i64,
}

const fn trade(
    naf: &'static str,
    idcc: Option<&'static str>,
    called: &'static [&'static str],
    share: i64,
) -> Trade {
    Trade { naf, idcc, called, share }
}

pub const TRADES: &[Trade] = &[
    trade("47.11F", Some("2216"), &["Marché", "Halle"], 5),
    trade("47.71Z", None, &["Boutique", "Vêtements"], 5),
    trade("47.73Z", Some("1996"), &["Pharmacie"], 3),
    trade("10.71C", Some("0843"), &["Boulangerie", "Pâtisserie"], 4),
    trade("56.10A", Some("1979"), &["Restaurant", "Brasserie", "Estaminet"], 7),
    trade("55.10Z", Some("1979"), &["Hôtel"], 2),
    trade("43.22A", Some("1596"), &["Plomberie"], 4),
    trade("43.21A", Some("1596"), &["Électricité"], 4),
    trade("43.34Z", Some("1596"), &["Peintures"], 3),
    trade("41.20A", Some("1597"), &["Constructions", "Bâtiment"], 4),
    trade("45.20A", Some("1090"), &["Garage", "Carrosserie"], 4),
    trade("49.41A", Some("0016"), &["Transports", "Roulage"], 4),
    trade("52.29B", Some("0016"), &["Logistique", "Entrepôts"], 2),
    trade("62.01Z", Some("1486"), &["Logiciels", "Ateliers du code"], 4),
    trade("62.02A", Some("1486"), &["Conseil informatique"], 2),
    trade("69.20Z", Some("0787"), &["Cabinet comptable"], 4),
    trade("69.10Z", None, &["Étude", "Cabinet d’avocats"], 3),
    trade("70.22Z", Some("1486"), &["Conseils"], 3),
    trade("71.12B", Some("1486"), &["Bureau d’études"], 3),
    trade("65.12Z", Some("1672"), &["Assurances"], 2),
    trade("68.31Z", Some("1527"), &["Immobilier"], 3),
    trade("81.21Z", Some("3043"), &["Propreté"], 2),
    trade("86.10Z", Some("2264"), &["Clinique"], 1),
    trade("87.10A", Some("0413"), &["Résidence"], 2),
    trade("88.10A", Some("2941"), &["Aide à domicile"], 3),
    trade("85.59A", Some("1516"), &["École"], 1),
    trade("25.62B", Some("3248"), &["Mécanique", "Usinage"], 3),
    trade("25.11Z", Some("3248"), &["Métallerie", "Charpentes"], 2),
    trade("13.20Z", Some("0018"), &["Tissages", "Filatures"], 1),
    trade("10.13A", None, &["Salaisons"], 1),
    trade("23.13Z", Some("0044"), &["Verrerie"], 1),
    trade("01.11Z", Some("7024"), &["Ferme", "Semences"], 3),
    trade("96.02A", Some("2596"), &["Coiffure"], 5),
];

/// What training bodies call themselves, before the name of a town.
pub const SCHOOLS: &[&str] = &[
    "Ateliers numériques de",
    "École des métiers de",
    "Institut des savoirs de",
    "Compagnie des formateurs de",
    "Maison des compétences de",
];

/// Where people meet.
pub const PLACES: &[&str] = &[
    "Maison des associations, 12 rue du Canal",
    "Pépinière du Grand Clos, salle 2",
    "Espace Vauban, 3e étage",
    "Cité des métiers, salle Picardie",
    "Halle aux grains, salle des Marées",
    "Maison de l’entreprise, salle Thérain",
    "Hôtel d’entreprises, salle Ardon",
    "Serre numérique, plateau B",
    "Médiathèque, salle du conseil",
];

/// Why somebody gives a place back.
pub const EXCUSES: &[&str] = &[
    "Déplacement professionnel",
    "Arrêt de travail",
    "Surcharge de l’équipe ce jour-là",
    "Formation déjà suivie",
    "Congé posé depuis",
    "A quitté l’équipe",
];

/// Why somebody is moved to another session.
pub const MOVED: &str = "Une autre date convient mieux";

/// Why a session is called off.
pub const CALLED_OFF: &[&str] =
    &["Trop peu d’inscrits", "La salle n’est plus disponible", "Le formateur est empêché"];

/// Why an employer says no.
pub const REFUSALS: &[&str] = &["Période de forte activité", "Prévu au plan de l’an prochain"];

#[cfg(test)]
mod tests {
    use super::*;
    use domain::organisations::Activity;
    use std::collections::HashSet;

    #[test]
    fn no_name_stands_twice_and_every_trade_is_one() {
        assert_eq!(GIVEN.iter().collect::<HashSet<_>>().len(), GIVEN.len());
        assert_eq!(FAMILY.iter().collect::<HashSet<_>>().len(), FAMILY.len());
        for trade in TRADES {
            assert!(trade.naf.parse::<Activity>().is_ok(), "{}", trade.naf);
        }
    }
}

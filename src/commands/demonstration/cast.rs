//! Who plays in the demonstration. The funders exist; every other person, company and school is
//! invented, and every address ends in `.example`.

use domain::access::Role;
use domain::organisations::Capacity;
use domain::text::search_key;

/// An account, with the organisation that it acts for.
pub struct Account {
    pub role: Role,
    pub email: &'static str,
    pub name: &'static str,
    pub organisation: &'static str,
}

const fn account(role: Role, email: &'static str, name: &'static str, organisation: &'static str) -> Account {
    Account { role, email, name, organisation }
}

const MISSION: &str = "Mission IA des Hauts-de-France";
const WORKSHOP: &str = "L’Atelier numérique du Nord";
const BELFRY: &str = "Les Écoles du Beffroi";
const INSTITUTE: &str = "Institut des Deux Canaux";
const REGION: &str = "Région Hauts-de-France";
pub const GLASSWORKS: &str = "Verrerie des Trois Canaux";

pub const ADMINISTRATOR: Account =
    account(Role::Administrator, "camille@parcours.example", "Camille Aubry", "");
pub const OPERATOR: Account =
    account(Role::Operator, "helene@mission-ia.example", "Hélène Marchand", MISSION);
pub const MANAGER: Account =
    account(Role::TrainingManager, "karim@atelier-nord.example", "Karim Dubois", WORKSHOP);
pub const TRAINER: Account = account(Role::Trainer, "maud@atelier-nord.example", "Maud Ghesquière", WORKSHOP);
pub const EMPLOYER: Account =
    account(Role::Employer, "nadia@verrerie-canaux.example", "Nadia Legrand", GLASSWORKS);
pub const TRAINEE: Account =
    account(Role::Trainee, "elodie.delmotte@verrerie-canaux.example", "Élodie Delmotte", GLASSWORKS);
/// Manages the second training body.
pub const SECOND_MANAGER: Account =
    account(Role::TrainingManager, "agathe@ecoles-beffroi.example", "Agathe Wambergue", BELFRY);

pub const CERTIFIER: Account =
    account(Role::Certifier, "ines@deux-canaux.example", "Inès Carlier", INSTITUTE);
/// Others who want the certification, with their places on the list of the first company.
pub const CANDIDATES: [(usize, Account); 4] = [
    (1, account(Role::Trainee, "anouk.bailleul@verrerie-canaux.example", "Anouk Bailleul", GLASSWORKS)),
    (2, account(Role::Trainee, "idriss.caron@verrerie-canaux.example", "Idriss Caron", GLASSWORKS)),
    (3, account(Role::Trainee, "malo.denis@verrerie-canaux.example", "Malo Denis", GLASSWORKS)),
    (4, account(Role::Trainee, "lou.carpentier@verrerie-canaux.example", "Lou Carpentier", GLASSWORKS)),
];
/// The members of the jury beside Paul, who is of the institute.
pub const JUROR: Account = account(Role::Juror, "paul@deux-canaux.example", "Paul Hennebelle", INSTITUTE);
pub const CHAIR: Account =
    account(Role::Juror, "garance.thiery@usinage-lys.example", "Garance Thiéry", INSTITUTE);
pub const OUTSIDER: Account =
    account(Role::Juror, "simon.lagache@ports-opale.example", "Simon Lagache", INSTITUTE);

/// One account for each role: what `parcours demo` prints.
pub const ACCOUNTS: &[Account] = &[
    ADMINISTRATOR,
    OPERATOR,
    account(Role::Funder, "olivier@region.example", "Olivier Bracq", REGION),
    account(Role::Auditor, "sylvie@controle.example", "Sylvie Wattel", MISSION),
    MANAGER,
    TRAINER,
    EMPLOYER,
    CERTIFIER,
    JUROR,
    TRAINEE,
];

/// The others who act.
pub const COLLEAGUES: &[Account] = &[
    SECOND_MANAGER,
    CHAIR,
    OUTSIDER,
    account(Role::Trainer, "yann@ecoles-beffroi.example", "Yann Flament", BELFRY),
    account(Role::Employer, "rh@biscuiterie-lalain.example", "Sofia Herbaut", "Biscuiterie Lalain"),
    account(Role::Employer, "rh@textiles-lys.example", "Marc Desrumaux", "Textiles de la Lys"),
    account(Role::Employer, "rh@docks-opale.example", "Claire Vanhove", "Docks d’Opale"),
    account(Role::Employer, "rh@roulage-artois.example", "Benoît Lefebvre", "Roulage d’Artois"),
    account(Role::Employer, "rh@beaupre-assurances.example", "Judith Beaupré", "Beaupré Assurances"),
    account(Role::Employer, "rh@forges-sambre.example", "Luc Delattre", "Forges de la Sambre"),
    account(Role::Employer, "rh@meunerie-thierache.example", "Anne Carpentier", "Meunerie de Thiérache"),
    account(Role::Employer, "rh@polyclinique-oise.example", "Rémi Watteau", "Polyclinique de l’Oise"),
    account(Role::Employer, "rh@logis-somme.example", "Ophélie Petit", "Logis de la Somme"),
    account(Role::Employer, "contact@patisserie-houdart.example", "Jeanne Houdart", "Pâtisserie Houdart"),
    account(Role::Employer, "rh@semences-ternois.example", "Hugo Roussel", "Semences du Ternois"),
    account(Role::Employer, "rh@cabinet-quesnoy.example", "Lina Saïdi", "Cabinet du Quesnoy"),
    account(Role::Employer, "rh@energie-flandre.example", "Victor Taquet", "Énergie de Flandre"),
    account(Role::Employer, "rh@imprimerie-remparts.example", "Salomé Vasseur", WANTED.name),
];

/// Whoever manages the people of a company.
pub fn contact_of(company: &str) -> Option<&'static Account> {
    ACCOUNTS.iter().chain(COLLEAGUES).find(|a| a.role == Role::Employer && a.organisation == company)
}

/// An organisation that is no company.
pub struct Party {
    pub name: &'static str,
    pub capacities: &'static [Capacity],
    pub commune: &'static str,
}

/// The operator first: it registers the others.
pub const PARTIES: &[Party] = &[
    Party { name: MISSION, capacities: &[Capacity::Operator], commune: "59350" },
    Party { name: "État (DREETS Hauts-de-France)", capacities: &[Capacity::Funder], commune: "59350" },
    Party { name: REGION, capacities: &[Capacity::Funder], commune: "59350" },
    Party { name: "Medef Lille Métropole", capacities: &[Capacity::Funder], commune: "59350" },
    Party { name: "Akto", capacities: &[Capacity::Funder], commune: "59350" },
    Party { name: WORKSHOP, capacities: &[Capacity::TrainingBody], commune: "59178" },
    Party { name: BELFRY, capacities: &[Capacity::TrainingBody], commune: "62041" },
    Party { name: INSTITUTE, capacities: &[Capacity::TrainingBody, Capacity::Certifier], commune: "59178" },
];

/// A company with people of its own that takes part in no programme yet: the operator asks it for its agreement.
pub const WANTED: Party =
    Party { name: "Imprimerie des Remparts", capacities: &[Capacity::Company], commune: "62041" };

/// A company; of its people, as many as it has told of are `known`.
pub struct Company {
    pub name: &'static str,
    pub domain: &'static str,
    pub naf: &'static str,
    pub commune: &'static str,
    pub headcount: u32,
    pub idcc: Option<&'static str>,
    pub known: usize,
    /// Whether it wants to approve what its people ask for.
    pub approves: bool,
}

macro_rules! company {
    ($name:expr, $domain:literal, $naf:literal, $commune:literal, $headcount:literal, $idcc:expr, $known:literal, $approves:literal) => {
        Company {
            name: $name,
            domain: $domain,
            naf: $naf,
            commune: $commune,
            headcount: $headcount,
            idcc: $idcc,
            known: $known,
            approves: $approves,
        }
    };
}

pub const COMPANIES: &[Company] = &[
    company!(GLASSWORKS, "verrerie-canaux.example", "23.13Z", "59178", 214, Some("0044"), 42, true),
    company!(
        "Biscuiterie Lalain",
        "biscuiterie-lalain.example",
        "10.72Z",
        "62498",
        96,
        Some("2120"),
        24,
        false
    ),
    company!("Textiles de la Lys", "textiles-lys.example", "13.20Z", "59512", 310, Some("0018"), 28, true),
    company!("Docks d’Opale", "docks-opale.example", "52.24B", "62193", 640, Some("0016"), 26, true),
    company!("Roulage d’Artois", "roulage-artois.example", "49.41A", "62041", 58, Some("0016"), 18, false),
    company!(
        "Beaupré Assurances",
        "beaupre-assurances.example",
        "65.12Z",
        "59350",
        5200,
        Some("1672"),
        34,
        true
    ),
    company!("Forges de la Sambre", "forges-sambre.example", "25.50A", "59392", 132, Some("0054"), 20, false),
    company!("Meunerie de Thiérache", "meunerie-thierache.example", "10.61A", "02408", 22, None, 12, false),
    company!(
        "Polyclinique de l’Oise",
        "polyclinique-oise.example",
        "86.10Z",
        "60057",
        480,
        Some("2264"),
        24,
        true
    ),
    company!("Logis de la Somme", "logis-somme.example", "68.20A", "80021", 74, None, 14, false),
    company!(
        "Pâtisserie Houdart",
        "patisserie-houdart.example",
        "10.71C",
        "59350",
        9,
        Some("0843"),
        9,
        false
    ),
    company!(
        "Semences du Ternois",
        "semences-ternois.example",
        "01.11Z",
        "80001",
        31,
        Some("7024"),
        10,
        false
    ),
    company!("Cabinet du Quesnoy", "cabinet-quesnoy.example", "69.20Z", "59606", 6, Some("0787"), 6, false),
    company!("Énergie de Flandre", "energie-flandre.example", "35.11Z", "59183", 1850, None, 28, true),
];

/// The number from which an organisation's SIRET is made.
pub fn number_of(name: &str) -> Option<u32> {
    let known = PARTIES.iter().map(|p| p.name).chain(COMPANIES.iter().map(|c| c.name));
    let names = known.chain([WANTED.name]);
    (1..).zip(names).find(|(_, known)| *known == name).map(|(number, _)| number)
}

const GIVEN: &[&str] = &[
    "Élodie",
    "Anouk",
    "Idriss",
    "Malo",
    "Lou",
    "Inès",
    "Paul",
    "Jeanne",
    "Noé",
    "Ewa",
    "Ophélie",
    "Hugo",
    "Lina",
    "Victor",
    "Rémi",
    "Sofia",
    "Rayan",
    "Clémence",
    "Bastien",
    "Aminata",
    "Thomas",
    "Zoé",
    "Mehdi",
    "Pauline",
    "Ludovic",
    "Chloé",
    "Antoine",
    "Samira",
    "Gaspard",
    "Marion",
    "Fabrice",
    "Yasmine",
    "Corentin",
    "Estelle",
    "Quentin",
    "Fanny",
    "Olivier",
    "Nora",
    "Julien",
    "Solène",
    "Ahmed",
    "Léa",
    "Grégory",
];
const FAMILY: &[&str] = &[
    "Delmotte",
    "Bailleul",
    "Caron",
    "Denis",
    "Carpentier",
    "Vasseur",
    "Leroy",
    "Lemaire",
    "Martel",
    "Nowak",
    "Petit",
    "Roussel",
    "Saïdi",
    "Taquet",
    "Watteau",
    "Herbaut",
    "Kaci",
    "Flament",
    "Deswarte",
    "Diallo",
    "Cordier",
    "Blondel",
    "Haddad",
    "Lecocq",
    "Poulain",
    "Debruyne",
    "Masson",
    "Benali",
    "Queval",
    "Hochart",
    "Lagache",
    "Ferhat",
    "Dupuis",
    "Wiart",
    "Morel",
    "Cauchy",
    "Bécart",
];

/// A pair of names: both lists go round, each company from another place.
pub fn name(company: usize, one: usize) -> (&'static str, &'static str) {
    let given = GIVEN.get((one + company * 5) % GIVEN.len()).copied().unwrap_or("Lou");
    let family = FAMILY.get((one + company * 11) % FAMILY.len()).copied().unwrap_or("Caron");
    (given, family)
}

/// A name as it stands in an address.
pub fn ascii(name: &str) -> String {
    search_key(name).replace(' ', "-")
}

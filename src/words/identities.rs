//! Who a candidate is by birth.

use super::{Language, Words, phrases};
use domain::calendar::Day;
use domain::declarations::{BirthDate, Birthplace, Sex, ValueError};
use domain::identities::Refusal;

impl Words {
    pub const fn sex(self, sex: Sex) -> &'static str {
        match (self.0, sex) {
            (Language::Fr, Sex::Female) => "Féminin",
            (Language::Fr, Sex::Male) => "Masculin",
            (Language::En, Sex::Female) => "Female",
            (Language::En, Sex::Male) => "Male",
        }
    }

    /// « 07/04/1988 », « 04/1988 » or « 1988 »: as far as it is known.
    pub fn short_birth_date(self, born: BirthDate) -> String {
        match (born.day(), born.month(), born.earliest()) {
            (Some(_), _, Some(day)) => self.short_day(day),
            (_, Some(month), _) => format!("{month:02}/{}", born.year()),
            (_, None, _) => born.year().to_string(),
        }
    }

    pub fn birthplace(self, place: &Birthplace) -> String {
        match place {
            Birthplace::Unknown => self.born_nowhere_known().to_owned(),
            Birthplace::France { commune, name: None } => {
                self.say(format!("Commune {commune}, France"), format!("Municipality {commune}, France"))
            }
            Birthplace::France { commune, name: Some(name) } => {
                format!("{} ({commune}), France", name.as_str())
            }
            Birthplace::Abroad { country, town: None } => country.name.as_str().to_owned(),
            Birthplace::Abroad { country, town: Some(town) } => {
                format!("{}, {}", town.as_str(), country.name.as_str())
            }
        }
    }

    pub fn identity_confirmed(self, day: Day) -> String {
        let day = self.short_day(day);
        self.say(format!("confirmée le {day}"), format!("confirmed on {day}"))
    }

    /// Why a name, a town or a country is not kept as it was typed.
    pub fn civil_line_mistake(self, why: ValueError) -> String {
        match why {
            ValueError::TooLong { most } => self.say(
                format!(
                    "{most}\u{a0}caractères au plus\u{a0}: abrégez comme le fait votre acte de naissance."
                ),
                format!("{most} characters at most: shorten it as your birth certificate does."),
            ),
            _ => self.say(
                "Un caractère de ce champ ne se lit pas\u{a0}: retapez-le au clavier.",
                "A character of this field cannot be read: type it anew.",
            ),
        }
    }

    pub fn identity_refusal(self, no: Refusal) -> String {
        match no {
            Refusal::NotAttested => self.attest_missing().to_owned(),
            Refusal::BornLater => self.born_later().to_owned(),
            Refusal::NoLetter => self.say("Un nom a au moins une lettre.", "A name has a letter at least."),
            Refusal::Unprintable(sign) => self.say(
                format!("Le caractère «\u{a0}{sign}\u{a0}» ne peut pas être imprimé sur un certificat\u{a0}: écrivez en lettres latines, comme sur un acte traduit."),
                format!("The character “{sign}” cannot be printed on a certificate: write in Latin letters, as on a translated document."),
            ),
        }
    }
}

phrases! {
    identity { fr "Identité de naissance" en "Identity at birth" }
    identity_to_tell { fr "à renseigner" en "to be told" }
    identity_help {
        fr "C’est ce qui sera imprimé sur votre certificat et déclaré à l’État si vous êtes certifié. Vous-même et le certificateur êtes seuls à le lire\u{a0}; c’est chiffré."
        en "This is what your certificate will print, and what the State is told if you are certified. Only you and the certifier read it; it is encrypted."
    }
    identity_read_help {
        fr "Confirmée par le candidat, pour le certificat et la déclaration à l’État. Ne la recopiez pas ailleurs."
        en "Confirmed by the candidate, for the certificate and the declaration to the State. Do not copy it elsewhere."
    }
    identity_not_told {
        fr "Rien n’est encore renseigné. Sans cela, ni certificat ni déclaration à l’État n’est possible."
        en "Nothing was told yet. Without it no certificate and no declaration to the State is possible."
    }
    tell_identity { fr "Renseigner mon identité de naissance" en "Tell my identity at birth" }
    change_identity { fr "Modifier" en "Change" }
    birth_name { fr "Nom de naissance" en "Birth name" }
    birth_name_help { fr "Comme sur votre acte de naissance." en "As on your birth certificate." }
    birth_name_missing { fr "Écrivez votre nom de naissance." en "Write your birth name." }
    usual_name { fr "Nom d’usage" en "Usual name" }
    usual_name_help { fr "Celui que vous portez, s’il est autre." en "The one that you go by, if it differs." }
    first_names { fr "Prénoms" en "First names" }
    first_name { fr "Premier prénom" en "First name" }
    first_name_missing { fr "Écrivez votre premier prénom." en "Write your first name." }
    second_name { fr "Deuxième prénom" en "Second name" }
    third_name { fr "Troisième prénom" en "Third name" }
    birth_date_label { fr "Date de naissance" en "Date of birth" }
    birth_date_help {
        fr "jj/mm/aaaa, par exemple 07/04/1988\u{a0}; si votre acte ne dit que l’année ou le mois, 1988 ou 04/1988."
        en "dd/mm/yyyy, as in 07/04/1988; if your certificate says the year or the month only, 1988 or 04/1988."
    }
    birth_date_missing {
        fr "Écrivez votre date de naissance sous la forme jj/mm/aaaa."
        en "Write your date of birth as dd/mm/yyyy."
    }
    birth_date_wrong {
        fr "Cette date n’existe pas\u{a0}: écrivez-la sous la forme jj/mm/aaaa, par exemple 07/04/1988."
        en "This is no date: write it as dd/mm/yyyy, as in 07/04/1988."
    }
    born_later { fr "Cette date est dans le futur." en "This date is in the future." }
    sex_label { fr "Sexe à l’état civil" en "Sex in the civil status" }
    sex_missing { fr "Choisissez le sexe que porte votre acte de naissance." en "Choose the sex that your birth certificate says." }
    choose { fr "Choisissez" en "Choose" }
    birthplace_label { fr "Lieu de naissance" en "Place of birth" }
    born_in { fr "Naissance" en "Born" }
    born_in_france { fr "en France" en "in France" }
    born_abroad { fr "à l’étranger" en "abroad" }
    born_unknown { fr "dans un lieu que mon acte ne dit pas" en "at a place that my certificate does not say" }
    born_nowhere_known { fr "Lieu inconnu" en "Place unknown" }
    born_in_missing { fr "Choisissez où vous êtes né." en "Choose where you were born." }
    birth_commune { fr "Commune de naissance" en "Municipality of birth" }
    birth_commune_help {
        fr "Pour une naissance en France\u{a0}: son nom ou son code INSEE. Pour une commune qui n’existe plus, son code INSEE puis son nom\u{a0}: 59355 Lomme."
        en "If you were born in France: its name or its INSEE code. For one that is no more, its INSEE code and then its name: 59355 Lomme."
    }
    birth_commune_missing { fr "Écrivez votre commune de naissance." en "Write your municipality of birth." }
    birth_commune_unknown {
        fr "Aucune commune ne porte ce nom ou ce code\u{a0}: vérifiez-le, ou écrivez le code INSEE puis le nom d’alors."
        en "No municipality bears this name or code: check it, or write the INSEE code and then the name it had."
    }
    birth_commune_several {
        fr "Plusieurs communes répondent à ce nom\u{a0}: choisissez la vôtre."
        en "Several municipalities answer to this name: choose yours."
    }
    birth_commune_gone {
        fr "Cette commune n’est plus dans la liste d’aujourd’hui\u{a0}: choisissez-la si c’est bien elle."
        en "This municipality is not in today’s list: choose it if it is the right one."
    }
    birth_commune_choose { fr "Votre commune de naissance" en "Your municipality of birth" }
    commune_is_gone { fr "n’existe plus" en "is no more" }
    birth_country { fr "Pays de naissance" en "Country of birth" }
    birth_country_help { fr "Pour une naissance à l’étranger." en "If you were born abroad." }
    birth_country_missing { fr "Écrivez votre pays de naissance." en "Write your country of birth." }
    birth_country_france {
        fr "Pour une naissance en France, choisissez «\u{a0}en France\u{a0}» et écrivez la commune."
        en "If you were born in France, choose “in France” and write the municipality."
    }
    birth_town { fr "Ville de naissance" en "Town of birth" }
    attest_identity {
        fr "J’atteste que ces informations sont celles de mon état civil"
        en "I attest that this information is that of my civil status"
    }
    attest_missing {
        fr "Cochez la case pour attester que c’est bien votre état civil."
        en "Tick the box to attest that this is your civil status."
    }
    identity_told { fr "Votre identité de naissance est confirmée." en "Your identity at birth is confirmed." }
    identity_confirmed_on { fr "Confirmée le" en "Confirmed on" }
}

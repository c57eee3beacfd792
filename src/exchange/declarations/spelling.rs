//! How the State spells what the domain means.

use domain::certifications::AccessRoute;
use domain::declarations::{Depositor, ExamMode, Honours, Initiative, Sex};

pub(super) const fn depositor(depositor: Depositor) -> &'static str {
    match depositor {
        Depositor::Certifier => "CERTIFICATEUR",
        Depositor::ThirdParty => "TIERS_CONFIANCE",
    }
}

pub(super) const fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Female => "F",
        Sex::Male => "M",
    }
}

pub(super) const fn mode(mode: ExamMode) -> &'static str {
    match mode {
        ExamMode::Remote => "A_DISTANCE",
        ExamMode::OnSite => "EN_PRESENTIEL",
        ExamMode::Mixed => "MIXTE",
    }
}

pub(super) const fn honours(honours: Honours) -> &'static str {
    match honours {
        Honours::Without => "SANS_MENTION",
        Honours::FairlyGood => "MENTION_ASSEZ_BIEN",
        Honours::Good => "MENTION_BIEN",
        Honours::VeryGood => "MENTION_TRES_BIEN",
        Honours::Highest => "MENTION_TRES_BIEN_AVEC_FELICITATIONS_DU_JURY",
    }
}

pub(super) const fn route(route: AccessRoute) -> &'static str {
    match route {
        AccessRoute::Initial => "FORMATION_INITIALE_HORS_APPRENTISSAGE",
        AccessRoute::Apprenticeship => "FORMATION_INITIALE_APPRENTISSAGE",
        AccessRoute::Continuing => "FORMATION_CONTINUE_HORS_CONTRAT_DE_PROFESSIONNALISATION",
        AccessRoute::ProfessionalisationContract => "FORMATION_CONTINUE_CONTRAT_DE_PROFESSIONNALISATION",
        AccessRoute::Vae => "VAE",
        AccessRoute::Equivalence => "EQUIVALENCE_(DIPLOME_ETRANGER)",
        AccessRoute::IndividualCandidate => "CANDIDAT_LIBRE",
    }
}

pub(super) const fn initiative(initiative: Initiative) -> &'static str {
    match initiative {
        Initiative::Holder => "CERTIFIE",
        Initiative::TrainingBody => "OF",
        Initiative::JobCentre => "POLE_EMPLOI",
        Initiative::Employer => "EMPLOYEUR",
        Initiative::Other => "AUTRE",
    }
}

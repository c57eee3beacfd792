crate::named! {
    /// The eleven skills operators: who collects, advises and pays for the training of a branch.
    Opco {
        Afdas = "afdas",
        Akto = "akto",
        Atlas = "atlas",
        Constructys = "constructys",
        Ocapiat = "ocapiat",
        Opcommerce = "opcommerce",
        Opco2i = "opco_2i",
        OpcoEp = "opco_ep",
        OpcoMobilites = "opco_mobilites",
        OpcoSante = "opco_sante",
        Uniformation = "uniformation",
    }
}

impl Opco {
    /// Its own name, the same in every language.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Afdas => "AFDAS",
            Self::Akto => "AKTO",
            Self::Atlas => "ATLAS",
            Self::Constructys => "Constructys",
            Self::Ocapiat => "OCAPIAT",
            Self::Opcommerce => "L’Opcommerce",
            Self::Opco2i => "OPCO 2i",
            Self::OpcoEp => "OPCO EP",
            Self::OpcoMobilites => "OPCO Mobilités",
            Self::OpcoSante => "OPCO Santé",
            Self::Uniformation => "Uniformation",
        }
    }
}

/// The operator that a collective agreement (IDCC, four digits, leading zeros or not) usually leads to.
///
/// A suggestion, to be confirmed by the person: a starter list written from memory, not the ministry's table,
/// and a company may hold a decision of its own.
pub fn opco_of_idcc(idcc: &str) -> Option<Opco> {
    let idcc = idcc.trim();
    if idcc.is_empty() || idcc.len() > 4 || !idcc.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match idcc.parse::<u16>().ok()? {
        787 | 1486 | 1672 | 2120 => Some(Opco::Atlas),
        573 | 1351 | 1501 | 1516 | 1979 | 2098 | 2378 | 3043 => Some(Opco::Akto),
        1557 | 2216 => Some(Opco::Opcommerce),
        16 | 1090 => Some(Opco::OpcoMobilites),
        18 | 44 | 176 | 292 | 3248 => Some(Opco::Opco2i),
        1596 | 1597 | 1702 | 2420 | 2609 | 2614 | 3212 | 3216 => Some(Opco::Constructys),
        29 | 413 | 2264 => Some(Opco::OpcoSante),
        1518 | 2941 => Some(Opco::Uniformation),
        1285 | 2148 | 2511 => Some(Opco::Afdas),
        112 | 7024 => Some(Opco::Ocapiat),
        843 | 1147 | 1267 | 1527 | 1996 | 2205 | 2596 => Some(Opco::OpcoEp),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_leads_back_to_its_operator() {
        assert_eq!(Opco::ALL.len(), 11);
        for opco in Opco::ALL {
            assert_eq!(opco.as_str().parse(), Ok(*opco));
            assert!(!opco.label().is_empty());
        }
        assert!("AFDAS".parse::<Opco>().is_err());
    }

    #[test]
    fn an_agreement_suggests_its_operator() {
        assert_eq!(opco_of_idcc("1486"), Some(Opco::Atlas));
        assert_eq!(opco_of_idcc("0016"), Some(Opco::OpcoMobilites));
        assert_eq!(opco_of_idcc(" 16 "), Some(Opco::OpcoMobilites));
        for none in ["", "9999", "00016", "+16", "1 6", "abcd", "é"] {
            assert_eq!(opco_of_idcc(none), None, "{none:?}");
        }
    }
}

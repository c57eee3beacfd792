//! The examination board: who sits, what it decides, and the minutes.

use super::{Language, Words, phrases};
use domain::juries::composition::Breach;
use domain::juries::verdicts::{self, Appearance, BlockResult, Decision};
use domain::juries::{Capacity, JuryState, LONGEST_TEXT, MOST_CANDIDATES, Meeting, Refusal, SittingMode};

impl Words {
    pub const fn jury_state(self, state: JuryState) -> &'static str {
        match (self.0, state) {
            (Language::Fr, JuryState::Composing) => "En composition",
            (Language::Fr, JuryState::Convened) => "Convoqué",
            (Language::Fr, JuryState::Sitting) => "En séance",
            (Language::Fr, JuryState::Closed) => "Clos",
            (Language::Fr, JuryState::Cancelled) => "Annulé",
            (Language::En, JuryState::Composing) => "Being composed",
            (Language::En, JuryState::Convened) => "Convened",
            (Language::En, JuryState::Sitting) => "Sitting",
            (Language::En, JuryState::Closed) => "Closed",
            (Language::En, JuryState::Cancelled) => "Cancelled",
        }
    }

    pub const fn juror_capacity(self, capacity: Capacity) -> &'static str {
        match (self.0, capacity) {
            (Language::Fr, Capacity::Professional) => "Professionnel extérieur",
            (Language::Fr, Capacity::Certifier) => "Certificateur",
            (Language::Fr, Capacity::Trainer) => "Formateur",
            (Language::En, Capacity::Professional) => "Professional from outside",
            (Language::En, Capacity::Certifier) => "Certifier",
            (Language::En, Capacity::Trainer) => "Trainer",
        }
    }

    pub const fn sitting_mode(self, mode: SittingMode) -> &'static str {
        match (self.0, mode) {
            (Language::Fr, SittingMode::OnSite) => "En présentiel",
            (Language::Fr, SittingMode::Remote) => "À distance",
            (Language::Fr, SittingMode::Mixed) => "En présentiel et à distance",
            (Language::En, SittingMode::OnSite) => "On site",
            (Language::En, SittingMode::Remote) => "Remotely",
            (Language::En, SittingMode::Mixed) => "On site and remotely",
        }
    }

    pub const fn appearance(self, appearance: Appearance) -> &'static str {
        match (self.0, appearance) {
            (Language::Fr, Appearance::Present) => "Présent",
            (Language::Fr, Appearance::Absent) => "Absent",
            (Language::Fr, Appearance::Excluded) => "Exclu pour fraude",
            (Language::En, Appearance::Present) => "Present",
            (Language::En, Appearance::Absent) => "Absent",
            (Language::En, Appearance::Excluded) => "Excluded for fraud",
        }
    }

    pub const fn block_result(self, result: BlockResult) -> &'static str {
        match (self.0, result) {
            (Language::Fr, BlockResult::Acquired) => "Acquis",
            (Language::Fr, BlockResult::NotAcquired) => "Non acquis",
            (Language::Fr, BlockResult::Exempted) => "Dispensé",
            (Language::Fr, BlockResult::Equivalent) => "Acquis par équivalence",
            (Language::En, BlockResult::Acquired) => "Acquired",
            (Language::En, BlockResult::NotAcquired) => "Not acquired",
            (Language::En, BlockResult::Exempted) => "Exempted",
            (Language::En, BlockResult::Equivalent) => "Acquired by equivalence",
        }
    }

    pub const fn decision(self, decision: Decision) -> &'static str {
        match (self.0, decision) {
            (Language::Fr, Decision::Awarded) => "Admis",
            (Language::Fr, Decision::Partial) => "Admission partielle",
            (Language::Fr, Decision::Failed) => "Ajourné",
            (Language::Fr, Decision::Absent) => "Absent",
            (Language::Fr, Decision::Excluded) => "Exclu pour fraude",
            (Language::En, Decision::Awarded) => "Awarded",
            (Language::En, Decision::Partial) => "Partial award",
            (Language::En, Decision::Failed) => "Failed",
            (Language::En, Decision::Absent) => "Absent",
            (Language::En, Decision::Excluded) => "Excluded for fraud",
        }
    }

    /// « lundi 30 novembre 2026 à 9 h ».
    pub fn sits_at(self, meeting: &Meeting) -> String {
        self.moment(meeting.starts_at, meeting.zone)
    }

    pub fn breach(self, breach: &Breach) -> String {
        match breach {
            Breach::TooFewMembers { members, wanted } => self.say(
                format!("Le jury compte {members} membre(s), la fiche en demande {wanted} au moins."),
                format!("The jury has {members} member(s), the record asks for {wanted} at least."),
            ),
            Breach::TooFewOutside { outside, wanted } => self.say(
                format!("{outside} membre(s) viennent de l’extérieur, il en faut {wanted} pour ce nombre de membres."),
                format!("{outside} member(s) come from outside, {wanted} are needed for this number of members."),
            ),
            Breach::NoChair => self.say(
                "Personne ne préside\u{a0}: désignez un président.",
                "Nobody presides: name a chair.",
            ),
            Breach::ChairInside { member } => self.say(
                format!("{member} préside et n’est pas de l’extérieur, comme la fiche le demande."),
                format!("{member} presides and is not from outside, as the record asks."),
            ),
            Breach::NotOutside { member, organisation } => self.say(
                format!("{member} est nommé comme extérieur et travaille pour {organisation}."),
                format!("{member} is named as from outside and works for {organisation}."),
            ),
            Breach::JudgesThemselves { member } => self.say(
                format!("{member} est aussi candidat devant ce jury."),
                format!("{member} is a candidate before this jury too."),
            ),
            Breach::JudgesTrainee { member, candidate } => self.say(
                format!("{member} a formé {candidate}\u{a0}: un formateur ne juge pas ses stagiaires."),
                format!("{member} trained {candidate}: a trainer does not judge their own trainees."),
            ),
            Breach::JudgesColleague { member, candidate, company } => self.say(
                format!("{member} et {candidate} ont le même employeur, {company}."),
                format!("{member} and {candidate} have the same employer, {company}."),
            ),
            Breach::Interest { member, interest } => self.say(
                format!("{member} déclare un lien\u{a0}: {}", self.quoted(interest)),
                format!("{member} states an interest: {}", self.quoted(interest)),
            ),
            Breach::StatementMissing { member } => self.say(
                format!("{member} n’a pas encore fait sa déclaration d’intérêts."),
                format!("{member} has not made their statement of interests yet."),
            ),
            Breach::NoCandidate => self.say("Aucun candidat n’est inscrit.", "No candidate is named."),
            Breach::NoQuorum { present, wanted } => self.say(
                format!("{present} membre(s) présent(s)\u{a0}: le quorum est de {wanted}."),
                format!("{present} member(s) present: the quorum is {wanted}."),
            ),
        }
    }

    pub fn jury_refusal(self, no: &Refusal) -> String {
        match no {
            Refusal::Illegal(illegal) => {
                let state = self.jury_state(illegal.from).to_lowercase();
                self.say(
                    format!("Ce n’est pas possible\u{a0}: le jury est maintenant «\u{a0}{state}\u{a0}»."),
                    format!("This is not possible: the jury is now “{state}”."),
                )
            }
            Refusal::Composition(breaches) => {
                let said: Vec<String> = breaches.iter().map(|breach| self.breach(breach)).collect();
                said.join(" ")
            }
            Refusal::Settled => self.say(
                "La composition ne change plus à ce stade.",
                "The composition does not change any more at this stage.",
            ),
            Refusal::MemberTwice => self
                .say("Cette personne est déjà membre de ce jury.", "They are a member of this jury already."),
            Refusal::NoJuror => self.say(
                "Choisissez quelqu’un qui a le rôle de membre de jury chez le certificateur.",
                "Choose somebody who has the role of jury member with the certifier.",
            ),
            Refusal::NotWaiting => self.say(
                "Un candidat choisi n’attend pas de jury pour cette certification.",
                "A candidate who was chosen does not wait for a jury of this certification.",
            ),
            Refusal::TooManyCandidates => self.say(
                format!("Un jury reçoit {MOST_CANDIDATES} candidats au plus."),
                format!("A jury has {MOST_CANDIDATES} candidates at most."),
            ),
            Refusal::ChairOnly => self
                .say("Seul le président du jury peut le faire.", "Only the chair of the jury may do this."),
            Refusal::PresentOnly => self.say(
                "Seul un membre présent à la séance peut le faire.",
                "Only a member who is present may do this.",
            ),
            Refusal::NotSitting => self.say("Le jury n’est pas en séance.", "The jury does not sit."),
            Refusal::NotClosed => self.say("Le jury n’est pas clos.", "The jury is not closed."),
            Refusal::Past => self.say("Cette date est passée.", "This date is past."),
            Refusal::TooEarly => {
                self.say("Le jour du jury n’est pas encore venu.", "The day of the jury has not come yet.")
            }
            Refusal::PlaceMissing => self.say("Dites où le jury se tient.", "Say where the jury sits."),
            Refusal::TextTooLong => self.say(
                format!("Ce texte dépasse {LONGEST_TEXT} caractères."),
                format!("This text is longer than {LONGEST_TEXT} characters."),
            ),
            Refusal::ReasonMissing => {
                self.say("Donnez un motif, en une phrase.", "Give a reason, in a sentence.")
            }
            Refusal::StatementMissing => self.statement_missing().to_owned(),
            Refusal::NotAssessed(1) => {
                self.say("Un candidat n’est pas encore évalué.", "One candidate is not assessed yet.")
            }
            Refusal::NotAssessed(count) => self.say(
                format!("{count} candidats ne sont pas encore évalués."),
                format!("{count} candidates are not assessed yet."),
            ),
            Refusal::SignedAlready => {
                self.say("Vous avez déjà signé ce procès-verbal.", "You signed these minutes already.")
            }
            Refusal::AppealOnce => self.say(
                "Un recours est déjà enregistré contre ce résultat.",
                "There is an appeal against this result already.",
            ),
            Refusal::NoResult => self.say("Il n’y a pas encore de résultat.", "There is no result yet."),
            Refusal::Certified => self.say(
                "Un certificat dit ce résultat\u{a0}: le certificateur le révoque d’abord.",
                "A certificate tells of this result: the certifier revokes it first.",
            ),
            Refusal::TriedSince => self.say(
                "Ce candidat a été inscrit depuis devant un autre jury\u{a0}: c’est à celui-là de décider.",
                "This candidate was put before another jury since: that one is to decide.",
            ),
            Refusal::Verdict(no) => self.verdict_refusal(no),
        }
    }

    fn verdict_refusal(self, no: &verdicts::Refusal) -> String {
        match no {
            verdicts::Refusal::Blocks => self.say(
                "La grille ne correspond plus aux blocs à évaluer\u{a0}: rouvrez la page.",
                "The grid does not match the blocks to be assessed any more: open the page again.",
            ),
            verdicts::Refusal::PointsMissing(block) => self.say(
                format!("Il manque des points pour le bloc {block}."),
                format!("Points are missing for the block {block}."),
            ),
            verdicts::Refusal::TooManyPoints(block) => self.say(
                format!("Une épreuve du bloc {block} n’a pas autant de points."),
                format!("An assessment of the block {block} has fewer points."),
            ),
            verdicts::Refusal::ReasonMissing(block) => self.say(
                format!("Motivez le résultat du bloc {block}\u{a0}: il s’écarte des points."),
                format!("Give the reason for the block {block}: its result departs from the points."),
            ),
            verdicts::Refusal::ExclusionReason => self.say(
                "Dites dans les observations pourquoi le candidat est exclu.",
                "Say in the remarks why the candidate is excluded.",
            ),
        }
    }

    pub fn plan_jury_for(self, title: &str) -> String {
        self.say(format!("Nouveau jury\u{a0}: {title}"), format!("New jury: {title}"))
    }

    pub fn candidates_counted(self, count: usize) -> String {
        match count {
            1 => self.say("1 candidat", "1 candidate"),
            n => self.say(format!("{n} candidats"), format!("{n} candidates")),
        }
    }

    pub fn minutes_version(self, number: i32) -> String {
        self.say(format!("Procès-verbal, version {number}"), format!("Minutes, version {number}"))
    }

    pub fn signed_by(self, name: &str, moment: &str) -> String {
        self.say(format!("{name}, le {moment}"), format!("{name}, on {moment}"))
    }

    pub fn statements_awaited(self, count: i64) -> String {
        match count {
            1 => self.say(
                "Un jury attend votre déclaration d’intérêts",
                "One jury waits for your statement of interests",
            ),
            n => self.say(
                format!("{n} jurys attendent votre déclaration d’intérêts"),
                format!("{n} juries wait for your statement of interests"),
            ),
        }
    }

    pub fn minutes_awaited(self, count: usize) -> String {
        match count {
            1 => self.say("Un procès-verbal attend votre signature", "Minutes wait for your signature"),
            n => self.say(
                format!("{n} procès-verbaux attendent votre signature"),
                format!("{n} minutes wait for your signature"),
            ),
        }
    }

    /// What the reader may expect next.
    pub const fn jury_next(self, state: JuryState) -> &'static str {
        match (self.0, state) {
            (Language::Fr, JuryState::Composing) => {
                "Nommez les membres et les candidats. Chaque règle de la fiche est vérifiée à mesure\u{a0}; la convocation part quand toutes tiennent."
            }
            (Language::Fr, JuryState::Convened) => {
                "Membres et candidats savent où et quand. Chaque membre fait sa déclaration d’intérêts, et le président ouvre la séance le jour venu."
            }
            (Language::Fr, JuryState::Sitting) => {
                "Le jury évalue. Aucun résultat n’est visible hors du jury avant la clôture."
            }
            (Language::Fr, JuryState::Closed) => "Les décisions sont rendues et le procès-verbal scellé.",
            (Language::Fr, JuryState::Cancelled) => {
                "Ce jury ne se tient pas\u{a0}; ses candidats attendent un autre jury."
            }
            (Language::En, JuryState::Composing) => {
                "Name members and candidates. Each rule of the record is checked as you go; letters leave when all of them hold."
            }
            (Language::En, JuryState::Convened) => {
                "Members and candidates know where and when. Each member makes their statement of interests, and the chair opens the sitting on its day."
            }
            (Language::En, JuryState::Sitting) => {
                "The jury assesses. No result is seen outside the jury before it closes."
            }
            (Language::En, JuryState::Closed) => "The decisions are made and the minutes sealed.",
            (Language::En, JuryState::Cancelled) => {
                "This jury does not sit; its candidates wait for another one."
            }
        }
    }
}

phrases! {
    statement_missing {
        fr "Dites quel lien vous avez, ou que vous n’en avez pas."
        en "Say which interest you have, or that you have none."
    }
    juries { fr "Jurys" en "Juries" }
    juries_help { fr "Chaque jury de vos certifications, du plus récent au plus ancien." en "Every jury of your certifications, newest first." }
    own_juries_help { fr "Les jurys dans lesquels vous siégez, du plus récent au plus ancien." en "The juries in which you sit, newest first." }
    no_juries_title { fr "Les jurys seront ici" en "Juries will be here" }
    no_juries_help { fr "Aucun pour l’instant. Un jury se prépare depuis la page d’une certification." en "None yet. A jury is planned from the page of a certification." }
    no_own_juries_help { fr "Aucun pour l’instant. Vous serez prévenu par courriel quand vous serez convoqué." en "None yet. You will be told by e-mail when you are convened." }
    new_jury { fr "Préparer un jury" en "Plan a jury" }
    jury_day { fr "Jour" en "Day" }
    jury_time { fr "Heure" en "Time" }
    jury_mode { fr "Déroulement" en "How it is held" }
    jury_place { fr "Lieu" en "Place" }
    jury_place_help { fr "Adresse et salle, ou lien de la visioconférence." en "Address and room, or the link of the video conference." }
    jury_day_missing { fr "Indiquez le jour du jury." en "Give the day of the jury." }
    jury_time_missing { fr "Indiquez l’heure, par exemple 09:30." en "Give the time, for example 09:30." }
    jury_mode_missing { fr "Choisissez comment le jury se tient." en "Choose how the jury is held." }
    plan_jury { fr "Créer le jury" en "Create the jury" }
    jury_planned { fr "Le jury est créé. Nommez ses membres et ses candidats." en "The jury is created. Name its members and candidates." }
    move_jury { fr "Modifier la date ou le lieu" en "Change the date or the place" }
    jury_moved { fr "La date et le lieu sont enregistrés." en "The date and the place are saved." }
    composition { fr "Composition" en "Composition" }
    composition_holds { fr "Toutes les règles de la fiche sont respectées." en "Every rule of the record is kept." }
    composition_broken { fr "Ce qui empêche encore la convocation" en "What still keeps it from being convened" }
    sitting_broken { fr "Ce qui empêche de siéger ou de décider" en "What keeps it from sitting or deciding" }
    members_of_jury { fr "Membres" en "Members" }
    member { fr "Membre" en "Member" }
    juror_capacity_label { fr "Qualité" en "Capacity" }
    statement_label { fr "Déclaration d’intérêts" en "Statement of interests" }
    statement_none { fr "Aucun lien" en "No interest" }
    statement_awaited { fr "Attendue" en "Awaited" }
    is_chair { fr "Président" en "Chair" }
    name_chair { fr "Désigner président" en "Name chair" }
    remove_it { fr "Retirer" en "Remove" }
    add_member { fr "Ajouter un membre" en "Add a member" }
    add_member_help {
        fr "Sont proposés ceux qui ont le rôle de membre de jury dans votre organisation. Pour en ajouter, invitez-les depuis la page des membres."
        en "Those who have the role of jury member in your organisation are offered. To add some, invite them from the page of members."
    }
    nobody_may_sit { fr "Personne n’a encore le rôle de membre de jury dans votre organisation." en "Nobody has the role of jury member in your organisation yet." }
    invite_jurors { fr "Inviter des membres de jury" en "Invite jury members" }
    member_added { fr "Le membre est ajouté." en "The member is added." }
    member_removed { fr "Le membre est retiré." en "The member is removed." }
    chair_named { fr "Le président est désigné." en "The chair is named." }
    choose_member { fr "Choisissez quelqu’un." en "Choose somebody." }
    choose_capacity { fr "Choisissez en quelle qualité." en "Choose in which capacity." }
    no_members_yet { fr "Aucun membre pour l’instant." en "No member yet." }
    candidates { fr "Candidats" en "Candidates" }
    add_candidates { fr "Ajouter des candidats" en "Add candidates" }
    add_candidates_help { fr "Sont proposés les candidats admis à cette certification qui n’attendent pas déjà un jury." en "Candidates admitted to this certification who wait for no jury yet are offered." }
    nobody_waits { fr "Aucun candidat admis n’attend de jury." en "No admitted candidate waits for a jury." }
    no_candidates_yet { fr "Aucun candidat pour l’instant." en "No candidate yet." }
    choose_candidates { fr "Choisissez au moins un candidat." en "Choose one candidate at least." }
    candidates_added { fr "Les candidats sont inscrits." en "The candidates are named." }
    candidate_removed { fr "Le candidat attend un autre jury." en "The candidate waits for another jury." }
    remove_candidate_sure {
        fr "Le candidat attendra un autre jury. S’il était convoqué, il est prévenu avec le motif."
        en "The candidate will wait for another jury. If convened, they are told with the reason."
    }
    remove_candidate { fr "Retirer ce candidat" en "Take this candidate back" }
    convene_jury { fr "Convoquer membres et candidats" en "Convene members and candidates" }
    jury_convened { fr "Les convocations sont parties." en "The letters have left." }
    cancel_jury { fr "Annuler ce jury" en "Cancel this jury" }
    cancel_jury_sure {
        fr "Membres et candidats sont prévenus avec le motif, et les candidats attendent un autre jury."
        en "Members and candidates are told with the reason, and the candidates wait for another jury."
    }
    jury_cancelled { fr "Le jury est annulé." en "The jury is cancelled." }
    state_interest { fr "Ma déclaration d’intérêts" en "My statement of interests" }
    state_interest_help {
        fr "Avant de siéger, chaque membre déclare ce qui le lie aux candidats\u{a0}: parenté, hiérarchie, formation, affaires. Un lien déclaré écarte de ce jury."
        en "Before sitting, each member states what ties them to the candidates: kinship, hierarchy, training, business. A stated interest excludes from this jury."
    }
    no_interest { fr "Rien ne me lie à l’un des candidats" en "Nothing ties me to any of the candidates" }
    an_interest { fr "J’ai un lien avec un candidat" en "Something ties me to a candidate" }
    which_interest { fr "Lequel" en "What" }
    sign_statement { fr "Faire cette déclaration" en "Make this statement" }
    statement_made { fr "Votre déclaration est enregistrée." en "Your statement is saved." }
    open_sitting { fr "Ouvrir la séance" en "Open the sitting" }
    open_sitting_help { fr "Cochez les membres présents. Il faut le quorum, la part d’extérieurs et la déclaration de chacun." en "Tick the members who are present. The quorum, the share from outside and everybody’s statement are needed." }
    sitting_opened { fr "La séance est ouverte." en "The sitting is open." }
    adjourn_sitting { fr "Suspendre la séance" en "Break the sitting off" }
    adjourn_sure { fr "Ce qui est évalué reste. La séance pourra être rouverte." en "What was assessed stays. The sitting may be opened again." }
    sitting_adjourned { fr "La séance est suspendue." en "The sitting is broken off." }
    assess { fr "Évaluer" en "Assess" }
    assessed_label { fr "Évalué" en "Assessed" }
    to_be_assessed { fr "À évaluer" en "To be assessed" }
    grid_title { fr "Grille d’évaluation" en "Assessment grid" }
    appearance_label { fr "Présence" en "Appearance" }
    appearance_missing { fr "Dites si le candidat est présent." en "Say whether the candidate is present." }
    points_label { fr "Points" en "Points" }
    points_mistake { fr "Les points s’écrivent en chiffres entiers." en "Points are written in whole numbers." }
    result_label { fr "Résultat du bloc" en "Result of the block" }
    by_the_points { fr "Selon les points" en "By the points" }
    result_reason { fr "Motif, si le résultat s’écarte des points" en "Reason, if the result departs from the points" }
    remarks_label { fr "Observations" en "Remarks" }
    held_blocks { fr "Blocs déjà acquis" en "Blocks acquired before" }
    keep_grid { fr "Enregistrer l’évaluation" en "Save the assessment" }
    grid_kept { fr "L’évaluation est enregistrée. Elle reste au jury jusqu’à la clôture." en "The assessment is saved. It stays with the jury until it closes." }
    close_jury { fr "Clore et sceller le procès-verbal" en "Close and seal the minutes" }
    close_jury_sure {
        fr "Les décisions sont rendues, le procès-verbal est scellé et vous le signez, chaque candidat reçoit son résultat. On ne revient pas en arrière\u{a0}: une correction sera une nouvelle version."
        en "The decisions are made, the minutes are sealed and you sign them, every candidate receives their result. There is no way back: a correction will be another version."
    }
    jury_closed { fr "Le jury est clos, le procès-verbal scellé." en "The jury is closed, the minutes sealed." }
    decision_label { fr "Décision" en "Decision" }
    minutes_label { fr "Procès-verbal" en "Minutes" }
    read_minutes { fr "Lire le procès-verbal" en "Read the minutes" }
    sign_minutes { fr "Signer ce procès-verbal" en "Sign these minutes" }
    minutes_signed { fr "Votre signature est enregistrée." en "Your signature is saved." }
    signatures_label { fr "Signatures" en "Signatures" }
    minutes_hold { fr "Le procès-verbal est tel qu’il a été scellé." en "The minutes are as they were sealed." }
    minutes_altered {
        fr "Ce procès-verbal n’est plus tel qu’il a été scellé. Ne vous y fiez pas, et prévenez l’administrateur."
        en "These minutes are not as they were sealed. Do not rely on them, and tell the administrator."
    }
    correction_label { fr "Motif de la correction" en "Reason of the correction" }
    correct_result { fr "Corriger" en "Correct" }
    correct_result_help {
        fr "Une correction ne change pas le procès-verbal scellé\u{a0}: elle en ajoute une version, avec son motif. Le candidat et les membres en sont prévenus."
        en "A correction does not change the sealed minutes: it adds a version, with its reason. The candidate and the members are told."
    }
    result_corrected { fr "La correction est scellée dans une nouvelle version." en "The correction is sealed in another version." }
    attempts_label { fr "Devant le jury" en "Before the jury" }
    see_attempts { fr "Voir les passages et les résultats" en "See the attempts and results" }
    no_attempts { fr "Aucune convocation pour l’instant." en "Nothing was planned yet." }
    expected_at { fr "Convoqué le" en "Expected on" }
    decided_on { fr "Décision du" en "Decided on" }
    acquired_for_good { fr "Acquis pour de bon" en "Acquired for good" }
    resit_label { fr "Ouvrir le rattrapage" en "Open the resit" }
    resit_opened { fr "Le rattrapage est ouvert, et le candidat prévenu." en "The resit is open, and the candidate told." }
    appeal_label { fr "Recours" en "Appeal" }
    make_appeal { fr "Contester ce résultat" en "Contest this result" }
    appeal_help {
        fr "Dites ce que vous contestez et pourquoi. Le certificateur vous répond\u{a0}; s’il vous donne raison, le jury corrige son procès-verbal."
        en "Say what you contest and why. The certifier answers you; if they agree, the jury corrects its minutes."
    }
    appeal_grounds { fr "Motifs du recours" en "Grounds of the appeal" }
    send_appeal { fr "Déposer le recours" en "Make the appeal" }
    appeal_made { fr "Votre recours est enregistré. Le certificateur en est prévenu." en "Your appeal is recorded. The certifier is told." }
    appeal_waits { fr "Recours en attente de réponse" en "Appeal waiting for an answer" }
    appeal_upheld { fr "Recours accueilli" en "Appeal upheld" }
    appeal_dismissed { fr "Recours rejeté" en "Appeal dismissed" }
    answer_appeal { fr "Répondre au recours" en "Answer the appeal" }
    answer_label { fr "Réponse au candidat" en "Answer to the candidate" }
    uphold { fr "Donner raison au candidat" en "Uphold the appeal" }
    dismiss { fr "Rejeter le recours" en "Dismiss the appeal" }
    appeal_answered { fr "La réponse est enregistrée, et le candidat prévenu." en "The answer is saved, and the candidate told." }
    sign_them { fr "Lire et signer" en "Read and sign" }
    state_it { fr "Faire ma déclaration" en "Make my statement" }
    open_juries { fr "Voir les jurys" en "See the juries" }
    rules_label { fr "Règles de la fiche" en "Rules of the record" }
    convened_for { fr "Convoqué pour" en "Convened for" }
    sat_from { fr "Séance ouverte" en "Sitting opened" }
    sat_until { fr "Séance close" en "Sitting closed" }
    present_label { fr "Présent" en "Present" }
    outside_label { fr "Extérieur" en "From outside" }
    yes_word { fr "oui" en "yes" }
    no_word { fr "non" en "no" }
}

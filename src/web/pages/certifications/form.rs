//! The form of a record: as many blocks and assessments as it takes, without a script.

use crate::forms::mistakes::Mistakes;
use domain::calendar::Day;
use domain::certifications::{
    AccessRoute, Acquisition, Assessment, AssessmentKind, Block, BlockCode, Certification, Entry, JuryRules,
    MOST_ASSESSMENTS, MOST_BLOCKS, Record, Refusal, Requirement,
};
use domain::courses::Stage;
use domain::text::Name;
use serde::Deserialize;
use words::Words;

/// What a box sends when it is ticked.
const YES: &str = "oui";

/// Everything as it was typed. The assessments of all blocks stand in one list: each says the number of its block.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RecordForm {
    pub code: String,
    pub programme: String,
    pub intitule: String,
    pub niveau: String,
    pub decision: String,
    pub effet: String,
    pub fin: String,
    pub delivrance: String,
    pub validite: String,
    pub partielle: String,
    pub voie: Vec<String>,
    bloc_code: Vec<String>,
    bloc_titre: Vec<String>,
    bloc_regle: Vec<String>,
    epreuve_bloc: Vec<String>,
    epreuve_titre: Vec<String>,
    epreuve_nature: Vec<String>,
    epreuve_points: Vec<String>,
    epreuve_seuil: Vec<String>,
    pub etape: Vec<String>,
    pub niveau_requis: String,
    pub pieces: String,
    pub jury_membres: String,
    pub jury_part: String,
    pub jury_quorum: String,
    pub jury_president: String,
    /// The version that was read, when one is changed.
    pub version: i32,
    /// The button that only adds a line: `bloc`, or the number of the block that wants an assessment.
    ajout: String,
}

/// One block, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct BlockLine {
    pub number: usize,
    pub code: String,
    pub title: String,
    pub rule: String,
    pub assessments: Vec<AssessmentLine>,
}

/// One assessment, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct AssessmentLine {
    pub number: usize,
    pub title: String,
    pub kind: String,
    pub most: String,
    pub pass: String,
}

impl AssessmentLine {
    fn is_empty(&self) -> bool {
        self.title.is_empty() && self.most.is_empty() && self.pass.is_empty()
    }
}

impl BlockLine {
    fn is_empty(&self) -> bool {
        self.code.is_empty() && self.title.is_empty() && self.assessments.iter().all(AssessmentLine::is_empty)
    }
}

impl RecordForm {
    /// What most records begin with.
    pub fn blank() -> Self {
        let mut form = Self {
            voie: vec![AccessRoute::Continuing.to_string()],
            partielle: YES.to_owned(),
            jury_membres: "3".to_owned(),
            jury_part: "50".to_owned(),
            jury_quorum: "3".to_owned(),
            ..Self::default()
        };
        form.add_block("", "", Acquisition::Each, &[]);
        form
    }

    /// A record that is kept, to be changed.
    pub fn of(kept: &Certification) -> Self {
        let record = &kept.record;
        let day = |day: Option<Day>| day.map(Day::iso).unwrap_or_default();
        let yes = |said: bool| if said { YES.to_owned() } else { String::new() };
        let mut form = Self {
            code: kept.code.to_string(),
            intitule: record.title.to_string(),
            niveau: record.level.map(|level| level.to_string()).unwrap_or_default(),
            decision: day(record.decided_on),
            effet: record.effective_on.iso(),
            fin: record.registered_until.iso(),
            delivrance: day(record.last_issue_on),
            validite: record.validity_months.map(|months| months.to_string()).unwrap_or_default(),
            partielle: yes(record.is_partial),
            voie: record.routes.iter().map(ToString::to_string).collect(),
            jury_membres: record.jury.members.to_string(),
            jury_part: record.jury.outside_percent.to_string(),
            jury_quorum: record.jury.quorum.to_string(),
            jury_president: yes(record.jury.outside_chair),
            version: kept.number,
            ..Self::default()
        };
        let mut pieces = Vec::new();
        for requirement in &record.requirements {
            match requirement {
                Requirement::Attended(stage) => form.etape.push(stage.to_string()),
                Requirement::Level(level) => form.niveau_requis = level.to_string(),
                Requirement::Piece(name) => pieces.push(name.to_string()),
            }
        }
        form.pieces = pieces.join("\n");
        for block in &record.blocks {
            form.add_block(block.code.as_str(), block.title.as_str(), block.acquisition, &block.assessments);
        }
        form
    }

    /// What the register says in place of what stood here; what it does not say stays.
    pub fn take(&mut self, entry: &Entry) {
        let day = |day: Option<Day>| day.map(Day::iso);
        let said = [
            (&mut self.intitule, entry.title.as_ref().map(ToString::to_string)),
            (&mut self.niveau, entry.level.map(|level| level.to_string())),
            (&mut self.decision, day(entry.decided_on)),
            (&mut self.effet, day(entry.effective_on)),
            (&mut self.fin, day(entry.registered_until)),
            (&mut self.delivrance, day(entry.last_issue_on)),
            (
                &mut self.partielle,
                entry.is_partial.map(|yes| if yes { YES.to_owned() } else { String::new() }),
            ),
        ];
        for (field, value) in said {
            if let Some(value) = value {
                *field = value;
            }
        }
        entry.code.as_str().clone_into(&mut self.code);
        self.take_blocks(entry);
    }

    fn take_blocks(&mut self, entry: &Entry) {
        if entry.blocks.is_empty() {
            return;
        }
        let before = self.blocks();
        self.set_blocks(Vec::new());
        for (code, title) in &entry.blocks {
            match before.iter().find(|block| block.code == code.as_str()) {
                Some(block) => self.push_block(BlockLine { title: title.to_string(), ..block.clone() }),
                None => self.add_block(code.as_str(), title.as_str(), Acquisition::Each, &[]),
            }
        }
    }

    fn add_block(&mut self, code: &str, title: &str, rule: Acquisition, assessments: &[Assessment]) {
        let line = |(number, one): (usize, &Assessment)| AssessmentLine {
            number,
            title: one.title.to_string(),
            kind: one.kind.to_string(),
            most: one.most_points.to_string(),
            pass: one.pass_points.to_string(),
        };
        let mut lines: Vec<_> = (1..).zip(assessments).map(line).collect();
        if lines.is_empty() {
            lines.push(AssessmentLine::default());
        }
        self.push_block(BlockLine {
            number: 0,
            code: code.to_owned(),
            title: title.to_owned(),
            rule: rule.to_string(),
            assessments: lines,
        });
    }

    fn push_block(&mut self, block: BlockLine) {
        let number = self.bloc_code.len() + 1;
        self.bloc_code.push(block.code);
        self.bloc_titre.push(block.title);
        self.bloc_regle.push(block.rule);
        for one in block.assessments {
            self.epreuve_bloc.push(number.to_string());
            self.epreuve_titre.push(one.title);
            self.epreuve_nature.push(one.kind);
            self.epreuve_points.push(one.most);
            self.epreuve_seuil.push(one.pass);
        }
    }

    fn set_blocks(&mut self, blocks: Vec<BlockLine>) {
        self.bloc_code.clear();
        self.bloc_titre.clear();
        self.bloc_regle.clear();
        self.epreuve_bloc.clear();
        self.epreuve_titre.clear();
        self.epreuve_nature.clear();
        self.epreuve_points.clear();
        self.epreuve_seuil.clear();
        for block in blocks {
            self.push_block(block);
        }
    }

    /// The blocks with their assessments, as they were typed.
    pub fn blocks(&self) -> Vec<BlockLine> {
        let at = |list: &[String], n: usize| list.get(n).map(|t| t.trim().to_owned()).unwrap_or_default();
        let most = self.bloc_code.len().min(MOST_BLOCKS + 1);
        let mut blocks: Vec<BlockLine> = (0..most)
            .map(|n| BlockLine {
                number: n + 1,
                code: at(&self.bloc_code, n),
                title: at(&self.bloc_titre, n),
                rule: at(&self.bloc_regle, n),
                assessments: Vec::new(),
            })
            .collect();
        for (n, of) in self.epreuve_bloc.iter().enumerate() {
            let Some(block) = blocks.iter_mut().find(|block| of.trim() == block.number.to_string()) else {
                continue;
            };
            if block.assessments.len() <= MOST_ASSESSMENTS {
                block.assessments.push(AssessmentLine {
                    number: block.assessments.len() + 1,
                    title: at(&self.epreuve_titre, n),
                    kind: at(&self.epreuve_nature, n),
                    most: at(&self.epreuve_points, n),
                    pass: at(&self.epreuve_seuil, n),
                });
            }
        }
        blocks
    }

    /// Whether the button that was pressed only asks for one line more.
    pub fn only_grows(&self) -> bool {
        !self.ajout.is_empty()
    }

    /// With the line that was asked for.
    pub fn grown(mut self) -> Self {
        if self.ajout == "bloc" {
            let code = if self.code.is_empty() {
                String::new()
            } else {
                format!("{}BC{:02}", self.code.trim().to_uppercase(), self.bloc_code.len() + 1)
            };
            self.add_block(&code, "", Acquisition::Each, &[]);
        } else {
            let mut blocks = self.blocks();
            if let Some(block) = blocks.iter_mut().find(|block| block.number.to_string() == self.ajout) {
                block.assessments.push(AssessmentLine::default());
            }
            self.set_blocks(blocks);
        }
        self.ajout.clear();
        self
    }

    /// The record that was typed, or what is to be mended first.
    pub fn read(&self, w: Words, mistakes: &mut Mistakes) -> Option<Record> {
        let title = mistakes.read("intitule", self.intitule.parse(), w.title_mistake());
        let effective_on = mistakes.read("effet", self.effet.parse(), w.day_missing());
        let registered_until = mistakes.read("fin", self.fin.parse(), w.day_missing());
        let day = |_| w.day_missing().to_owned();
        let decided_on = mistakes.parse("decision", &self.decision, day);
        let last_issue_on = mistakes.parse("delivrance", &self.delivrance, day);
        let number = |_| w.whole_number_missing().to_owned();
        let validity_months = mistakes.parse("validite", &self.validite, number);
        let blocks = self.read_blocks(w, mistakes);
        let requirements = self.read_requirements(w, mistakes);
        let jury = self.read_jury(w, mistakes);
        if !mistakes.is_empty() {
            return None;
        }
        Some(Record {
            title: title?,
            level: self.niveau.parse().ok(),
            decided_on,
            effective_on: effective_on?,
            registered_until: registered_until?,
            last_issue_on,
            validity_months,
            is_partial: !self.partielle.is_empty(),
            routes: AccessRoute::ALL.iter().copied().filter(|r| self.has_route(*r)).collect(),
            blocks: blocks?,
            requirements: requirements?,
            jury: jury?,
        })
    }

    pub fn has_route(&self, route: AccessRoute) -> bool {
        self.voie.iter().any(|one| one == route.as_str())
    }

    pub fn has_stage(&self, stage: Stage) -> bool {
        self.etape.iter().any(|one| one == stage.as_str())
    }

    fn read_blocks(&self, w: Words, mistakes: &mut Mistakes) -> Option<Vec<Block>> {
        let filled = self.blocks().into_iter().filter(|block| !block.is_empty());
        let blocks: Vec<_> = filled.map(|block| read_block(w, &block, mistakes)).collect();
        blocks.into_iter().collect()
    }

    fn read_requirements(&self, w: Words, mistakes: &mut Mistakes) -> Option<Vec<Requirement>> {
        let stages = Stage::ALL.iter().copied().filter(|s| self.has_stage(*s)).map(Requirement::Attended);
        let level = self.niveau_requis.parse().ok().map(Requirement::Level);
        let mut all: Vec<Requirement> = stages.chain(level).collect();
        for line in self.pieces.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let piece = mistakes.read("pieces", line.parse::<Name>(), w.required_pieces_help())?;
            all.push(Requirement::Piece(piece));
        }
        Some(all)
    }

    fn read_jury(&self, w: Words, mistakes: &mut Mistakes) -> Option<JuryRules> {
        let mut number =
            |field, typed: &str| mistakes.read(field, typed.trim().parse::<u32>(), w.whole_number_missing());
        let members = number("jury_membres", &self.jury_membres);
        let outside_percent = number("jury_part", &self.jury_part);
        let quorum = number("jury_quorum", &self.jury_quorum);
        Some(JuryRules {
            members: members?,
            outside_percent: outside_percent?,
            quorum: quorum?,
            outside_chair: !self.jury_president.is_empty(),
        })
    }
}

fn read_block(w: Words, typed: &BlockLine, mistakes: &mut Mistakes) -> Option<Block> {
    let code = mistakes.read("blocs", typed.code.parse::<BlockCode>(), w.block_code_mistake());
    let title = mistakes.read("blocs", typed.title.parse(), w.title_mistake());
    let filled = typed.assessments.iter().filter(|one| !one.is_empty());
    let read: Vec<Option<Assessment>> = filled.map(read_assessment).collect();
    let assessments: Option<Vec<Assessment>> = read.into_iter().collect();
    if assessments.is_none() {
        mistakes.add("blocs", w.assessment_mistake());
    }
    let acquisition = typed.rule.parse().unwrap_or(Acquisition::Each);
    Some(Block { code: code?, title: title?, acquisition, assessments: assessments? })
}

fn read_assessment(typed: &AssessmentLine) -> Option<Assessment> {
    Some(Assessment {
        title: typed.title.parse().ok()?,
        kind: typed.kind.parse().unwrap_or(AssessmentKind::Project),
        most_points: typed.most.parse().ok()?,
        pass_points: typed.pass.parse().ok()?,
    })
}

/// The field that a refusal is about.
pub fn field_of(no: Refusal) -> &'static str {
    match no {
        Refusal::Dates => "fin",
        Refusal::Validity => "validite",
        Refusal::NoRoute => "voies",
        Refusal::Blocks
        | Refusal::ForeignBlock
        | Refusal::SameBlock
        | Refusal::Assessments
        | Refusal::Points => "blocs",
        Refusal::Requirements => "pieces",
        Refusal::JuryMembers => "jury_membres",
        Refusal::OutsideShare => "jury_part",
        Refusal::NoProgramme => "programme",
        Refusal::Known => "code",
    }
}

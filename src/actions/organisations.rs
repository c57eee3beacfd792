//! Registering the parties of a programme, and keeping what is known of them.

use super::agreements::bring_in;
use super::exports::{self, Export};
use super::{Act, Done, Error, House};
use addresses::Page;
use domain::access::{Action, Actor, Extent, Reach, Subject};
use domain::calendar::{Instant, Zone};
use domain::ids::{AgreementId, OrganisationId, ProgrammeId};
use domain::organisations::{Capacity, Organisation, Profile, Refusal, Siret};
use domain::reference::CommuneCode;
use domain::text::Name;
use store::journal::Line;
use store::organisations::{Listed, Wanted};
use store::{self, Conn, Portion, Unique};
use words::Words;

/// Which programme takes in what is registered. An operator whom somebody registers who founds programmes joins none: it will
/// have its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joining {
    /// The only one that there is within reach.
    Usual,
    This(ProgrammeId),
    Nowhere,
}

/// What became of an organisation that was to be registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Registered {
    New(OrganisationId),
    /// It was known already, and nothing that is known of it has changed.
    Known(Brought),
}

/// What became of a known organisation that was to take part in a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Brought {
    /// It takes part from now on.
    Joined { id: OrganisationId, name: Name },
    /// It has people of its own, and they are asked.
    Asked { agreement: AgreementId, name: Name },
}

/// Registers an organisation, which takes part in a programme within reach of the actor. One that is known by its
/// SIRET is brought into the programme instead.
pub fn register(
    house: &House,
    actor: &Actor,
    profile: &Profile,
    approves_requests: bool,
    joining: Joining,
) -> Done<Registered> {
    house.act(actor, Action::RegisterOrganisation, |act| {
        profile.check()?;
        let programme = programme_for(act.conn, &act.reach, profile, joining)?;
        if let Some(bearer) = store::organisations::bearer(act.conn, profile.siret.as_ref())? {
            let programme = programme.ok_or(Refusal::Twice)?;
            return match brought(act, programme, bearer) {
                Err(Error::Refused(crate::Refusal::Organisation(Refusal::TakesPart))) => {
                    Err(Refusal::Twice.into())
                }
                other => other.map(Registered::Known),
            };
        }
        let id = match store::organisations::add(act.conn, profile, approves_requests, act.now) {
            Err(store::Error::Taken(Unique::OrganisationSiret)) => return Err(Refusal::Twice.into()),
            other => other?,
        };
        if let Some(programme) = programme {
            store::organisations::join(act.conn, programme, id)?;
        }
        told(act, id, "organisation_registered")?;
        act.made(&Page::Organisation(id));
        Ok(Registered::New(id))
    })
}

fn programme_for(
    conn: &mut Conn,
    reach: &Reach,
    profile: &Profile,
    joining: Joining,
) -> Done<Option<ProgrammeId>> {
    let founds = reach.extent() == Extent::Everything;
    match joining {
        _ if founds && profile.capacities.contains(&Capacity::Operator) => Ok(None),
        Joining::This(id) => Ok(Some(store::programmes::get(conn, reach, id)?.id)),
        Joining::Nowhere => Ok(None),
        Joining::Usual => {
            let mut all = store::programmes::list(conn, reach)?;
            match (all.pop(), all.is_empty()) {
                (Some(only), true) => Ok(Some(only.id)),
                (Some(_), false) => Err(Refusal::WhichProgramme.into()),
                (None, _) if founds => Ok(None),
                // What takes part nowhere is nowhere to be seen for who registers it.
                (None, _) => Err(Refusal::NoProgramme.into()),
            }
        }
    }
}

/// Brings an organisation that is known by its SIRET, in this programme or in another, into one within reach of the
/// actor.
pub fn bring(house: &House, actor: &Actor, programme: ProgrammeId, siret: &Siret) -> Done<Brought> {
    house.act(actor, Action::RegisterOrganisation, |act| {
        let programme = store::programmes::get(act.conn, &act.reach, programme)?.id;
        let bearer = store::organisations::bearer(act.conn, Some(siret))?.ok_or(store::Error::Missing)?;
        brought(act, programme, bearer)
    })
}

fn brought(act: &mut Act<'_>, programme: ProgrammeId, (id, name): (OrganisationId, Name)) -> Done<Brought> {
    Ok(match bring_in(act, programme, id)? {
        Some(agreement) => {
            act.made(&Page::Agreement(agreement));
            Brought::Asked { agreement, name }
        }
        None => {
            act.made(&Page::Organisation(id));
            Brought::Joined { id, name }
        }
    })
}

/// Writes down what is known of an organisation that who writes keeps. What it is and its SIRET stay as they are, unless
/// who writes has others within reach too: nobody gives themselves another part.
pub fn edit(
    house: &House,
    actor: &Actor,
    id: OrganisationId,
    profile: &Profile,
    approves_requests: bool,
) -> Done<()> {
    house.act(actor, Action::EditOrganisation, |act| {
        let known = kept(act.conn, &act.reach, id, act.now)?;
        let mut profile = profile.clone();
        if !decides_what_it_is(act.reach.extent()) {
            profile.capacities = known.profile.capacities;
            profile.siret = known.profile.siret;
        }
        profile.check()?;
        match store::organisations::set(act.conn, &Organisation { id, profile, approves_requests }) {
            Err(store::Error::Taken(Unique::OrganisationSiret)) => return Err(Refusal::Twice.into()),
            other => other?,
        }
        act.hold(|conn| store::organisations::hold(conn, id))?;
        told(act, id, "organisation_edited")
    })
}

/// An organisation that somebody with this reach keeps. What an operator may read only is not found.
pub fn kept(
    conn: &mut Conn,
    reach: &Reach,
    id: OrganisationId,
    now: Instant,
) -> Result<Organisation, store::Error> {
    store::members::kept(conn, reach, id, now.day(Zone::OFFICE))
}

/// Whether somebody with this reach says what an organisation is.
pub fn decides_what_it_is(extent: Extent) -> bool {
    matches!(extent, Extent::Everything | Extent::OperatedBy(_))
}

/// Writes a line about an organisation itself on its chain.
pub(super) fn told(act: &mut Act<'_>, id: OrganisationId, kind: &str) -> Done<()> {
    let reference = format!("organisation:{id}");
    let line = Line { kind, reference: &reference, ..Line::default() };
    act.note(Subject::Organisation(id), &[line])
}

/// The organisations within the actor's reach, or some of them, as a file.
pub fn export(actor: &Actor, w: Words, wanted: Wanted) -> Done<Export> {
    let reach = actor.may(Action::ExportOrganisations)?;
    let headings = [
        w.organisation_name(),
        w.organisation_kind(),
        w.organisation_commune(),
        w.organisation_department(),
        w.organisation_siret(),
        w.organisation_headcount(),
    ];
    let read = move |conn: &mut Conn, after: &str| {
        store::organisations::list(conn, &reach, &wanted, Portion::Piece, after)
    };
    Ok(exports::table(&headings, read, move |listed| cells(w, listed)))
}

fn cells(w: Words, listed: &Listed) -> Vec<String> {
    let commune = listed.commune.as_ref();
    vec![
        listed.name.clone(),
        listed.capacities.iter().map(|c| w.capacity(*c)).collect::<Vec<_>>().join(", "),
        commune.map(CommuneCode::name).unwrap_or_default().to_owned(),
        commune.and_then(CommuneCode::known).map(|c| c.department.to_owned()).unwrap_or_default(),
        listed.siret.as_ref().map(ToString::to_string).unwrap_or_default(),
        listed.headcount.map(|n| n.to_string()).unwrap_or_default(),
    ]
}

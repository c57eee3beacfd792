//! Registering the parties of a programme, and keeping what is known of them.

use super::exports::{self, Export};
use super::{Done, Error, House};
use domain::access::{Action, Actor, Extent, Subject};
use domain::calendar::Instant;
use domain::ids::{OrganisationId, ProgrammeId};
use domain::organisations::{Organisation, Profile, Refusal, Siret};
use domain::reference;
use domain::text::Name;
use store::journal::Line;
use store::organisations::{Listed, Wanted};
use store::{self, Conn, Portion, Unique};
use words::Words;

/// What became of an organisation that was to be registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Registered {
    New(OrganisationId),
    /// It was known already, and takes part in the programme from now on. Its page stays as it was.
    Joined {
        id: OrganisationId,
        name: Name,
    },
}

impl Registered {
    pub fn id(&self) -> OrganisationId {
        match self {
            Self::New(id) | Self::Joined { id, .. } => *id,
        }
    }
}

/// Registers an organisation, which takes part in the programme of the operator who registers it, or in the only one
/// that there is.
pub fn register(
    house: &House,
    actor: &Actor,
    profile: &Profile,
    approves_requests: bool,
) -> Done<Registered> {
    let reach = actor.may(Action::RegisterOrganisation)?;
    let now = house.clock.now();
    profile.check()?;
    house.store.write(|conn| {
        let programme = store::programmes::joined_through(conn, &reach)?.map(|programme| programme.id);
        if let Some((id, name)) = store::organisations::bearer(conn, profile.siret.as_ref())? {
            match bring_in(conn, actor, programme.ok_or(Refusal::Twice)?, id, now) {
                Err(Error::Organisation(Refusal::TakesPart)) => return Err(Refusal::Twice.into()),
                other => other?,
            }
            return Ok(Registered::Joined { id, name });
        }
        let id = match store::organisations::add(conn, profile, approves_requests, now) {
            Err(store::Error::Taken(Unique::OrganisationSiret)) => return Err(Refusal::Twice.into()),
            other => other?,
        };
        if let Some(programme) = programme {
            store::organisations::join(conn, programme, id)?;
        }
        told(conn, actor, id, "organisation_registered", now)?;
        Ok::<_, Error>(Registered::New(id))
    })
}

/// Makes an organisation that is known by its SIRET, in this programme or in another, take part in one within reach of
/// the actor. Its page stays as it was.
pub fn join(
    house: &House,
    actor: &Actor,
    programme: ProgrammeId,
    siret: &Siret,
) -> Done<(OrganisationId, Name)> {
    let reach = actor.may(Action::RegisterOrganisation)?;
    let now = house.clock.now();
    house.store.write(|conn| {
        let programme = store::programmes::get(conn, &reach, programme)?.id;
        let (id, name) = store::organisations::bearer(conn, Some(siret))?.ok_or(store::Error::Missing)?;
        bring_in(conn, actor, programme, id, now)?;
        Ok::<_, Error>((id, name))
    })
}

fn bring_in(
    conn: &mut Conn,
    actor: &Actor,
    programme: ProgrammeId,
    id: OrganisationId,
    now: Instant,
) -> Done<()> {
    store::organisations::hold(conn, id)?;
    if store::organisations::takes_part(conn, programme, id)? {
        return Err(Refusal::TakesPart.into());
    }
    store::organisations::join(conn, programme, id)?;
    let (reference, programme) = (format!("organisation:{id}"), programme.to_string());
    let line =
        Line { kind: "organisation_joined", reference: &reference, to: Some(&programme), ..Line::default() };
    Ok(store::journal::write(conn, actor, Subject::Organisation(id), now, &[line])?)
}

/// Writes down what is known of an organisation. What it is and its SIRET stay as they are, unless who writes has
/// others within reach too: nobody gives themselves another part.
pub fn edit(
    house: &House,
    actor: &Actor,
    id: OrganisationId,
    profile: &Profile,
    approves_requests: bool,
) -> Done<()> {
    let reach = actor.may(Action::EditOrganisation)?;
    let now = house.clock.now();
    house.store.write(|conn| {
        let known = store::organisations::get(conn, &reach, id)?;
        let mut profile = profile.clone();
        if !decides_what_it_is(reach.extent()) {
            profile.capacities = known.profile.capacities;
            profile.siret = known.profile.siret;
        }
        profile.check()?;
        match store::organisations::set(conn, &Organisation { id, profile, approves_requests }) {
            Err(store::Error::Taken(Unique::OrganisationSiret)) => return Err(Refusal::Twice.into()),
            other => other?,
        }
        store::organisations::hold(conn, id)?;
        told(conn, actor, id, "organisation_edited", now).map_err(Error::from)
    })
}

/// Whether somebody with this reach says what an organisation is.
pub fn decides_what_it_is(extent: Extent) -> bool {
    matches!(extent, Extent::Everything | Extent::OperatedBy(_))
}

/// Writes a line about an organisation itself on its chain.
pub(super) fn told(
    conn: &mut Conn,
    actor: &Actor,
    id: OrganisationId,
    kind: &str,
    now: Instant,
) -> Result<(), store::Error> {
    let reference = format!("organisation:{id}");
    let line = Line { kind, reference: &reference, ..Line::default() };
    store::journal::write(conn, actor, Subject::Organisation(id), now, &[line])
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
    let code = listed.commune.as_deref().unwrap_or_default();
    let commune = reference::commune(code);
    vec![
        listed.name.clone(),
        listed.capacities.iter().map(|c| w.capacity(*c)).collect::<Vec<_>>().join(", "),
        commune.map_or(code, |c| c.name).to_owned(),
        commune.map(|c| c.department.to_owned()).unwrap_or_default(),
        listed.siret.as_ref().map(ToString::to_string).unwrap_or_default(),
        listed.headcount.map(|n| n.to_string()).unwrap_or_default(),
    ]
}

//! The minutes of a jury, in versions, and who signed them.

use super::covered;
use crate::backend::Backend;
use crate::schema::{
    accounts, attempts, certifications, juries, jurors as sitting, minutes, minutes_signatures,
};
use crate::{Conn, Kept};
use diesel::prelude::*;
use domain::access::{Extent, Reach};
use domain::calendar::Instant;
use domain::ids::{AccountId, JuryId, MinutesId};
use domain::journal::standing::{About, Fact};
use domain::journal::{SecretName, moment};
use domain::juries::JuryState;
use domain::juries::verdicts::Decision;
use std::collections::{HashMap, HashSet};

/// One version of the minutes.
#[derive(Debug, Clone)]
pub struct Sealed {
    pub id: MinutesId,
    pub number: i32,
    /// The text as it was sealed.
    pub body: String,
    pub made_at: Instant,
    /// Who signed, and when, in that order.
    pub signed: Vec<(AccountId, String, Instant)>,
}

/// Every version of the minutes of a jury within reach, the newest first.
pub fn of(conn: &mut Conn, reach: &Reach, jury: JuryId) -> Kept<Vec<Sealed>> {
    let all =
        minutes::table.inner_join(juries::table.inner_join(certifications::table)).into_boxed::<Backend>();
    let rows: Vec<(MinutesId, i32, String, Instant)> = covered!(all, reach)
        .filter(minutes::jury_id.eq(jury))
        .order(minutes::number.desc())
        .select((minutes::id, minutes::number, minutes::body, minutes::made_at))
        .load(conn)?;
    let signatures: Vec<(MinutesId, AccountId, String, Instant)> = minutes_signatures::table
        .inner_join(minutes::table)
        .inner_join(accounts::table)
        .filter(minutes::jury_id.eq(jury))
        .order((minutes_signatures::signed_at, minutes_signatures::account_id))
        .select((minutes_signatures::minutes_id, accounts::id, accounts::name, minutes_signatures::signed_at))
        .load(conn)?;
    let sealed = |(id, number, body, made_at): (MinutesId, _, _, _)| {
        let own = signatures.iter().filter(|(of, ..)| *of == id);
        let signed = own.map(|(_, account, name, at)| (*account, name.clone(), *at)).collect();
        Sealed { id, number, body, made_at, signed }
    };
    Ok(rows.into_iter().map(sealed).collect())
}

/// Keeps a version of the minutes.
pub fn add(
    conn: &mut Conn,
    jury: JuryId,
    (number, body): (i32, &str),
    by: AccountId,
    now: Instant,
) -> Kept<MinutesId> {
    Ok(diesel::insert_into(minutes::table)
        .values((
            minutes::jury_id.eq(jury),
            minutes::number.eq(number),
            minutes::body.eq(body),
            minutes::made_at.eq(now),
            minutes::made_by.eq(by),
        ))
        .returning(minutes::id)
        .get_result(conn)?)
}

pub fn sign(conn: &mut Conn, id: MinutesId, account: AccountId, now: Instant) -> Kept<()> {
    diesel::insert_into(minutes_signatures::table)
        .values((
            minutes_signatures::minutes_id.eq(id),
            minutes_signatures::account_id.eq(account),
            minutes_signatures::signed_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// How many closed juries in which somebody sat wait for their signature under the newest minutes.
pub fn to_sign(conn: &mut Conn, account: AccountId) -> Kept<usize> {
    let versions: Vec<(JuryId, MinutesId)> = sitting::table
        .inner_join(juries::table.inner_join(minutes::table))
        .filter(sitting::account_id.eq(account).and(sitting::is_present.eq(true)))
        .order((minutes::jury_id, minutes::number))
        .select((minutes::jury_id, minutes::id))
        .load(conn)?;
    let signed: HashSet<MinutesId> = minutes_signatures::table
        .filter(minutes_signatures::account_id.eq(account))
        .select(minutes_signatures::minutes_id)
        .load(conn)?
        .into_iter()
        .collect();
    // Of each jury the last one stays.
    let newest: HashMap<JuryId, MinutesId> = versions.into_iter().collect();
    Ok(newest.values().filter(|id| !signed.contains(id)).count())
}

/// What stands of a jury, as its chain of the journal must tell it: each version of its minutes, and each decision.
pub fn facts(conn: &mut Conn, jury: JuryId) -> Kept<Vec<Fact>> {
    let sealed: Vec<(i32, String, Instant, AccountId)> = minutes::table
        .filter(minutes::jury_id.eq(jury))
        .order(minutes::number)
        .select((minutes::number, minutes::body, minutes::made_at, minutes::made_by))
        .load(conn)?;
    let decided: Vec<(i64, Decision)> = attempts::table
        .filter(attempts::jury_id.eq(jury).and(attempts::decision.is_not_null()))
        .order(attempts::id)
        .select((attempts::id, attempts::decision.assume_not_null()))
        .load(conn)?;
    let minutes = sealed.into_iter().map(|(number, body, at, by)| Fact {
        about: About::JuryMinutes,
        reference: format!("minutes:{number}"),
        stands: "sealed".to_owned(),
        at: Some(moment(at)),
        by: Some(by.0),
        secret: Some((SecretName::Evidence, body)),
    });
    let decisions = decided.into_iter().map(|(attempt, decision)| Fact {
        about: About::Decision,
        reference: format!("attempt:{attempt}"),
        stands: decision.to_string(),
        at: None,
        by: None,
        secret: None,
    });
    Ok(minutes.chain(decisions).collect())
}

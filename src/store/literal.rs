//! SQL in the program's own words, kept prepared. Diesel's `sql` makes a statement that is parsed and planned anew each
//! time, for its text may be put together from anything. Here it is one of few: conditions that an index is found by, and
//! what an index is made of.

use diesel::backend::Backend;
use diesel::expression::{
    AppearsOnTable, Expression, SelectableExpression, TypedExpressionType, ValidGrouping, is_aggregate,
};
use diesel::prelude::QueryResult;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use std::borrow::Cow;
use std::marker::PhantomData;

#[derive(Debug, Clone)]
pub(super) struct Literal<Type> {
    text: Cow<'static, str>,
    answers: PhantomData<Type>,
}

/// Each text makes a statement that a connection keeps: nothing that somebody typed, and no number that changes.
pub(super) fn literal<Type>(text: impl Into<Cow<'static, str>>) -> Literal<Type> {
    Literal { text: text.into(), answers: PhantomData }
}

impl<Type: TypedExpressionType> Expression for Literal<Type> {
    type SqlType = Type;
}

impl<Type: TypedExpressionType, From> AppearsOnTable<From> for Literal<Type> {}

impl<Type: TypedExpressionType, From> SelectableExpression<From> for Literal<Type> {}

impl<Type, By> ValidGrouping<By> for Literal<Type> {
    type IsAggregate = is_aggregate::Never;
}

/// A statement is known by its text.
impl<Type> QueryId for Literal<Type> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB: Backend, Type> QueryFragment<DB> for Literal<Type> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql(&self.text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use diesel::connection::InstrumentationEvent;
    use diesel::prelude::*;
    use diesel::sql_types::Integer;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn a_connection_keeps_the_statement() {
        let kept = Arc::new(AtomicUsize::new(0));
        let mut conn = SqliteConnection::establish(":memory:").unwrap();
        let heard = Arc::clone(&kept);
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if matches!(event, InstrumentationEvent::CacheQuery { .. }) {
                heard.fetch_add(1, Ordering::Relaxed);
            }
        });
        for _ in 0..2 {
            let answer = diesel::select(literal::<Integer>("6 * 7")).first(&mut conn);
            assert_eq!((answer, kept.load(Ordering::Relaxed)), (Ok(42), 1));
        }
    }
}

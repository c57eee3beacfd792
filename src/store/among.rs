//! «One of these», kept prepared. Diesel's `eq_any` makes a statement that is parsed and planned anew each time, for
//! its list may have any length. Here a list is short, the states of a life or the rows of one page, and is filled up
//! with its last value to a length that few lists differ in.

use diesel::backend::Backend;
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping};
use diesel::prelude::QueryResult;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{Bool, HasSqlType, SqlType};

/// `column IN (…)`; nothing is in an empty list.
#[derive(Debug, Clone)]
pub(super) struct Among<Column, Value> {
    column: Column,
    values: Vec<Value>,
}

pub(super) trait AmongExpression: Expression + Sized {
    /// Whether it is one of a few values: each length of the list, up to the next power of two, is a statement that a
    /// connection keeps.
    fn among<Value>(self, values: impl IntoIterator<Item = Value>) -> Among<Self, Value> {
        Among { column: self, values: values.into_iter().collect() }
    }
}

impl<Column: Expression> AmongExpression for Column {}

impl<Column: Expression, Value> Expression for Among<Column, Value> {
    type SqlType = Bool;
}

impl<Column, Value, From> AppearsOnTable<From> for Among<Column, Value> where Column: AppearsOnTable<From> {}

impl<Column, Value, From> SelectableExpression<From> for Among<Column, Value> where
    Column: SelectableExpression<From>
{
}

impl<Column: ValidGrouping<By>, Value, By> ValidGrouping<By> for Among<Column, Value> {
    type IsAggregate = Column::IsAggregate;
}

/// A statement is known by its text, in which the length of the list stands.
impl<Column, Value> QueryId for Among<Column, Value> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB, Column, Value> QueryFragment<DB> for Among<Column, Value>
where
    DB: Backend + HasSqlType<Column::SqlType>,
    Column: Expression + QueryFragment<DB>,
    Column::SqlType: SqlType,
    Value: ToSql<Column::SqlType, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let Some(last) = self.values.last() else {
            out.push_sql("1=0");
            return Ok(());
        };
        self.column.walk_ast(out.reborrow())?;
        for number in 0..self.values.len().next_power_of_two() {
            out.push_sql(if number == 0 { " IN (" } else { ", " });
            let value = self.values.get(number).unwrap_or(last);
            out.push_bind_param::<Column::SqlType, Value>(value)?;
        }
        out.push_sql(")");
        Ok(())
    }
}

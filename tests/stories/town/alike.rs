//! What nobody may tell apart from outside.

use super::Page;
use crate::harness::{Database, ear};
use std::time::{Duration, Instant};

/// Of each of the two.
const REQUESTS: usize = 100;
/// A machine that is busy with something else gets another chance.
const TRIES: usize = 5;

/// Two requests are answered alike: by the same status, by as many statements of the same kinds, and in the same time, which is
/// to say that the medians of two hundred requests, in turns, lie within a tenth of each other. Each is asked with its number.
#[track_caller]
pub fn are_answered_alike(database: &Database, one: impl Fn(usize) -> Page, other: impl Fn(usize) -> Page) {
    ear::listen();
    // The first of their kind make what later ones find.
    one(0);
    other(0);
    ear::heard(database);
    let (first, asked) = (one(1), ear::heard(database));
    let (second, asked_too) = (other(1), ear::heard(database));
    assert_eq!(first.status, second.status);
    assert!(!asked.is_empty());
    assert_eq!(asked, asked_too);
    assert_eq!(first.queries(), second.queries());

    let timed = |ask: &dyn Fn(usize) -> Page, number| {
        let began = Instant::now();
        ask(number);
        began.elapsed()
    };
    let medians = |from: usize| {
        let numbers = (from..from + REQUESTS).collect::<Vec<_>>();
        let (mut ones, mut others): (Vec<_>, Vec<_>) =
            numbers.into_iter().map(|number| (timed(&one, number), timed(&other, number))).unzip();
        (median(&mut ones), median(&mut others))
    };
    let is_near = |(one, other): &(Duration, Duration)| (*one).max(*other) * 10 <= (*one).min(*other) * 11;
    let mut tries = Vec::new();
    while !tries.last().is_some_and(is_near) {
        assert!(tries.len() < TRIES, "{tries:?}");
        tries.push(medians(2 + tries.len() * REQUESTS));
    }
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

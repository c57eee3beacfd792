//! Chance that falls the same way every time: a stream of numbers for each subject (`SplitMix64`, by Sebastiano Vigna).

/// What a stream decides about; each has streams of its own, so that one question more changes no other answer.
#[derive(Debug, Clone, Copy)]
pub enum Of {
    Companies,
    Person,
    Bodies,
    Session,
    Room,
    Letter,
}

#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// The stream of the subject `number` under the number that was given to begin with.
    pub fn new(rng: u64, of: Of, number: i64) -> Self {
        let mut dice = Self(rng ^ (of as u64 + 1).wrapping_mul(0xa076_1d64_78bd_642f));
        let start = dice.next() ^ number.cast_unsigned().wrapping_mul(0xe703_7ed1_a0b4_28db);
        Self(start)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From zero up to, and without, `end`; zero when there is nothing to choose from.
    pub fn below(&mut self, end: i64) -> i64 {
        let wide = u128::from(self.next()) * u128::from(end.max(0).unsigned_abs());
        i64::try_from(wide >> 64).unwrap_or(0)
    }

    /// Both ends may come.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        least + self.below(most - least + 1)
    }

    pub fn is(&mut self, percent: i64) -> bool {
        self.below(100) < percent
    }

    pub fn pick<T: Copy + Default>(&mut self, from: &[T]) -> T {
        from.get(self.place(from.len())).copied().unwrap_or_default()
    }

    /// A place in a list of so many.
    pub fn place(&mut self, many: usize) -> usize {
        usize::try_from(self.below(i64::try_from(many).unwrap_or(i64::MAX))).unwrap_or(0)
    }

    /// Thirty-two digits.
    pub fn digits(&mut self) -> String {
        format!("{:016x}{:016x}", self.next(), self.next())
    }

    /// In the form of a random UUID.
    pub fn uuid(&mut self) -> String {
        let (high, low) = (self.next(), self.next());
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            high >> 32,
            high >> 16 & 0xffff,
            high & 0xfff,
            low >> 48 & 0x3fff | 0x8000,
            low & 0xffff_ffff_ffff
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_falls_the_same_way_and_stays_within_its_bounds() {
        let throw = |rng, number| {
            let mut dice = Dice::new(rng, Of::Session, number);
            (0..200).map(|_| dice.between(-3, 3)).collect::<Vec<_>>()
        };
        assert_eq!(throw(1, 7), throw(1, 7));
        assert_ne!(throw(1, 7), throw(2, 7));
        assert_ne!(throw(1, 7), throw(1, 8));
        let found: std::collections::BTreeSet<_> = throw(1, 7).into_iter().collect();
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [-3, -2, -1, 0, 1, 2, 3]);
        let mut dice = Dice::new(1, Of::Person, 1);
        assert_eq!((dice.below(0), dice.pick::<u8>(&[]), dice.uuid().len()), (0, 0, 36));
    }
}

//! A database of its own for each story, copied from one that was migrated once.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use super::postgres::Cluster;
use super::{scratch, told};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// A crash may lose all of it: it lives for one run.
const IN_A_HURRY: &[&str] = &[
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "autovacuum=off",
    "checkpoint_timeout=1h",
    "shared_buffers=64MB",
];

/// What the databases of the stories are copied from. Each is made when the first story asks for it.
pub struct Databases {
    migrate: fn(&str),
    sqlite: OnceLock<Result<PathBuf, String>>,
    postgres: OnceLock<Result<Cluster, String>>,
    made: AtomicU32,
}

impl Databases {
    /// `migrate` brings the database behind a URL to this version, and has closed it when it returns.
    /// They last as long as the program: a server that outlives its story may still hold one.
    pub fn new(migrate: fn(&str)) -> &'static Self {
        let (sqlite, postgres) = (OnceLock::new(), OnceLock::new());
        Box::leak(Box::new(Self { migrate, sqlite, postgres, made: AtomicU32::new(0) }))
    }

    /// A migrated database that nobody else knows.
    pub fn migrated(&'static self, kind: Kind) -> Database {
        match kind {
            Kind::Sqlite => {
                let template = self.sqlite.get_or_init(|| self.sqlite_template());
                let template =
                    template.as_ref().unwrap_or_else(|error| panic!("the SQLite template: {error}"));
                let database = self.folder_for(kind);
                fs::copy(template, database.file()).expect("a copy of the template");
                database
            }
            Kind::Postgres => {
                let database = self.folder_for(kind);
                self.tell(&format!("CREATE DATABASE {} TEMPLATE template_parcours", database.name));
                database
            }
        }
    }

    /// A database that was never migrated, for the stories about migrations.
    pub fn empty(&'static self, kind: Kind) -> Database {
        let database = self.folder_for(kind);
        if kind == Kind::Postgres {
            self.tell(&format!("CREATE DATABASE {} TEMPLATE template0", database.name));
        }
        database
    }

    fn sqlite_template(&self) -> Result<PathBuf, String> {
        let file = scratch::folder().join("template.db");
        self.migrate(&format!("sqlite:{}", file.display()))?;
        let wal = file.with_extension("db-wal");
        match fs::metadata(wal) {
            Ok(wal) if wal.len() > 0 => {
                Err("the migration left its database open: a part is still in the -wal file".into())
            }
            _ => Ok(file),
        }
    }

    fn cluster(&self) -> &Cluster {
        let cluster = self.postgres.get_or_init(|| {
            let cluster = Cluster::start(IN_A_HURRY)?;
            cluster.tell("CREATE DATABASE template_parcours TEMPLATE template0")?;
            self.migrate(&cluster.url("template_parcours"))?;
            Ok(cluster)
        });
        cluster.as_ref().unwrap_or_else(|error| panic!("PostgreSQL: {error}"))
    }

    fn tell(&self, statement: &str) {
        self.cluster().tell(statement).unwrap_or_else(|error| panic!("PostgreSQL: {error}"));
    }

    /// A migration that panics is told to every story, and tried once.
    fn migrate(&self, url: &str) -> Result<(), String> {
        catch_unwind(AssertUnwindSafe(|| (self.migrate)(url)))
            .map_err(|panic| format!("migrating {url}: {}", told(&*panic)))
    }

    fn folder_for(&'static self, kind: Kind) -> Database {
        let name = format!("story_{}", self.made.fetch_add(1, Ordering::Relaxed));
        let folder = scratch::folder().join(&name);
        fs::create_dir(&folder).expect("a folder for the story");
        let url = match kind {
            Kind::Sqlite => format!("sqlite:{}", folder.join(format!("{name}.db")).display()),
            Kind::Postgres => self.cluster().url(&name),
        };
        Database { kind, url, folder, name, home: self }
    }
}

/// The database of one story, and a folder for its files; both go when it is dropped, after the story.
pub struct Database {
    pub kind: Kind,
    /// What `DATABASE_URL` takes.
    pub url: String,
    /// Where the story may leave files; the SQLite file lies in it, under a name that no other has: what
    /// is heard of a database is told from others by it.
    pub folder: PathBuf,
    name: String,
    home: &'static Databases,
}

impl Database {
    /// Another database of the same kind, never migrated.
    pub fn empty_neighbour(&self) -> Self {
        self.home.empty(self.kind)
    }

    /// Another migrated database of the same kind.
    pub fn neighbour(&self) -> Self {
        self.home.migrated(self.kind)
    }

    /// The file of its master key, where a server of the SQLite file looks for it.
    pub fn key_file(&self) -> PathBuf {
        self.folder.join(format!("{}.db.key", self.name))
    }

    fn file(&self) -> PathBuf {
        self.folder.join(format!("{}.db", self.name))
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // What does not go now goes with the cluster and the folder.
        if self.kind == Kind::Postgres
            && let Some(Ok(cluster)) = self.home.postgres.get()
        {
            let _ = cluster.tell(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

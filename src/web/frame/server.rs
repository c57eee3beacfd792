//! From the network to a visit and back, in one trip: to the blocking pool, or on the spot where an embedded database
//! is read for a millisecond.

use super::assets;
use super::bodies::{Sender, Share};
use super::error::Problem;
use super::guard;
use super::kept;
use super::metrics;
use super::page::{Notice, Shell};
use super::reply::Reply;
use super::route::Route;
use super::sending::{DEVICE_COOKIE, LANGUAGE_COOKIE, NOTICE_COOKIE, Outcome, answer};
use super::site::{Shared, Site};
use super::streaming;
use super::visit::{Request, Visit};
use actions::House;
use actix_web::dev::{ServerHandle, Service as _, ServiceResponse};
use actix_web::http::header::{self, HeaderName};
use actix_web::http::{ConnectionType, Method, StatusCode, Version};
use actix_web::web::{self, Bytes, Payload, ServiceConfig};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use domain::access::{Action, Actor, Reach, Role};
use futures_util::future::{Either, select};
use std::fmt;
use std::io;
use std::net::TcpListener;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant as Stopwatch};
use store::{self, logins::Ended, logins::Login};
use words::{Language, Words};

/// A server that has begun to listen.
pub struct Server {
    pub running: actix_web::dev::Server,
    pub handle: ServerHandle,
}

/// Serves these routes on a listener, until the handle stops it; requests under way are answered first.
pub fn open(
    shared: &Shared,
    routes: Vec<Route>,
    listener: TcpListener,
    workers: usize,
) -> io::Result<Server> {
    let (shared, routes) = (Arc::clone(shared), Arc::new(routes));
    let running = HttpServer::new(move || {
        let (shared, routes, site) = (Arc::clone(&shared), Arc::clone(&routes), Arc::clone(&shared));
        App::new()
            .wrap_fn(move |request, pages| {
                let (answer, site) = (pages.call(request), Arc::clone(&site));
                async move { answer.await.map(|answer| last_if_stopping(answer, &site.1)) }
            })
            .configure(move |config| register(config, &shared, &routes))
    })
    .workers(workers)
    .shutdown_timeout(20)
    // Who is answered before their body was read has so long to hear it.
    .client_disconnect_timeout(Duration::from_secs(5))
    .disable_signals()
    .listen(listener)?
    .run();
    let handle = running.handle();
    Ok(Server { running, handle })
}

fn register(config: &mut ServiceConfig, shared: &Shared, routes: &[Route]) {
    let mut paths: Vec<&'static str> = routes.iter().map(|route| route.path).collect();
    // A path that is fixed is compared, one with parts is searched: what is compared comes first.
    paths.sort_unstable_by_key(|path| (path.contains('{'), *path));
    paths.dedup();
    for path in paths {
        let mut resource = web::resource(path);
        for route in routes.iter().filter(|route| route.path == path) {
            let open = |route: Route, shared: Shared| {
                move |request: HttpRequest, body: Payload| {
                    enter(request, body, Arc::clone(&shared), route.clone())
                }
            };
            if route.method == Method::GET {
                resource = resource.route(web::head().to(open(route.clone(), Arc::clone(shared))));
            }
            resource =
                resource.route(web::method(route.method.clone()).to(open(route.clone(), Arc::clone(shared))));
        }
        let methods: Vec<&Method> =
            routes.iter().filter(|route| route.path == path).map(|route| &route.method).collect();
        config.service(resource.default_service(shut(shared, allowed(&methods))));
    }
    let alive = || async { HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("alive\n") };
    only_get(config, shared, "/livez", web::get().to(alive));
    let ready = Arc::clone(shared);
    only_get(config, shared, "/readyz", web::get().to(move || readiness(Arc::clone(&ready))));
    if !shared.1.metrics_apart {
        metrics::route(config, shared);
    }
    let asset = |request: HttpRequest| async move { assets::serve(&request) };
    only_get(config, shared, "/assets/{name}", web::get().to(asset));
    let worker = web::get().to(|| async { assets::offline_worker() });
    only_get(config, shared, "/hors-ligne.js", worker);
    let lost = Arc::clone(shared);
    config.default_service(web::to(move |request: HttpRequest| {
        stray(request, Arc::clone(&lost), Problem::NotFound)
    }));
}

/// What only answers `GET`, and is no page.
pub(super) fn only_get(config: &mut ServiceConfig, shared: &Shared, path: &str, route: actix_web::Route) {
    config.service(web::resource(path).route(route).default_service(shut(shared, "GET".to_owned())));
}

/// The answer to a method that a path does not know.
fn shut(shared: &Shared, allow: String) -> actix_web::Route {
    let shared = Arc::clone(shared);
    web::to(move |request: HttpRequest| {
        stray(request, Arc::clone(&shared), Problem::WrongMethod { allow: allow.clone() })
    })
}

/// « GET, HEAD, POST », for `Allow`.
fn allowed(methods: &[&Method]) -> String {
    let knows = |method| methods.contains(&&method);
    let names = [(knows(Method::GET), "GET, HEAD"), (knows(Method::POST), "POST")];
    names.iter().filter(|(known, _)| *known).map(|(_, name)| *name).collect::<Vec<_>>().join(", ")
}

fn last_if_stopping<B>(mut answer: ServiceResponse<B>, site: &Site) -> ServiceResponse<B> {
    if site.stopping.load(Ordering::Relaxed) {
        answer.response_mut().head_mut().set_connection_type(ConnectionType::Close);
    }
    answer
}

async fn readiness(shared: Shared) -> HttpResponse {
    if shared.1.stopping.load(Ordering::Relaxed) {
        return HttpResponse::ServiceUnavailable()
            .content_type("text/plain; charset=utf-8")
            .body("stopping\n");
    }
    let ready = web::block(move || shared.0.store.is_ready()).await;
    let (status, said) = match ready {
        Ok(Ok(true)) => (StatusCode::OK, "ready\n".to_owned()),
        Ok(Ok(false)) => {
            (StatusCode::SERVICE_UNAVAILABLE, "the database waits for `parcours migrate`\n".to_owned())
        }
        Ok(Err(error)) => {
            // The cause names hosts and ports, which is nothing for everybody.
            tracing::debug!("not ready: {error}");
            (StatusCode::SERVICE_UNAVAILABLE, "the database cannot be reached\n".to_owned())
        }
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "stopping\n".to_owned()),
    };
    HttpResponse::build(status).content_type("text/plain; charset=utf-8").body(said)
}

/// A path or a method that leads nowhere.
async fn stray(request: HttpRequest, shared: Shared, problem: Problem) -> HttpResponse {
    let mut read = read(&request, Bytes::new(), &shared.1);
    read.has_page = *request.method() == Method::GET;
    let house = Arc::clone(&shared);
    let stopwatch = Stopwatch::now();
    let done = web::block(move || {
        let (house, site) = &*house;
        let (actor, login) = guard::who(house, &read).unwrap_or((Actor::NOBODY, None));
        let w = words(&read, login.as_ref());
        let reply = problem.reply(Shell::bare(site, &read, actor, login.as_ref(), w));
        Outcome { reply, forget_notice: false, timing: None }
    })
    .await;
    answer(&request, done.ok(), &shared, stopwatch)
}

/// Same-site first, then everything else in one trip. Who brings a body is asked who they are before it is read.
async fn enter(request: HttpRequest, mut body: Payload, shared: Shared, route: Route) -> HttpResponse {
    let stopwatch = Stopwatch::now();
    let mut read = read(&request, Bytes::new(), &shared.1);
    read.has_page = route.has_page;
    let asked = match *request.method() {
        Method::HEAD | Method::GET => Ok(None),
        _ if !read.is_same_site => Err(Problem::OtherSite),
        _ => who_brings(&read, &shared).await.map(Some),
    };
    let (known, mut refused) = asked.map_or_else(|problem| (None, Some(problem)), |known| (known, None));
    // Kept until the answer is there: as long as the body.
    let mut _share = None;
    if let Some(known) = &known {
        match received(&request, &mut body, &read, known, &shared.1, &route).await {
            Ok((bytes, share)) => (read.body, _share) = (bytes, Some(share)),
            Err(problem) => refused = Some(problem),
        }
        if let (Some(Problem::LogInFirst), Some(ended)) = (&refused, &known.ended) {
            // What they wrote is taken along, where it is a form.
            if let Some((bytes, share)) = kept(&request, &mut body, &read, ended, &shared.1).await {
                (read.body, _share) = (bytes, Some(share));
            }
        }
    }
    let is_unread = refused.is_some() && read.body.is_empty();
    let (house, pattern) = (Arc::clone(&shared), route.path);
    // Another part is written down; else a page that is brief writes nothing.
    let here = route.is_brief && shared.0.store.is_embedded() && !read.query.contains("comme=");
    let work = move || {
        let stopwatch = Stopwatch::now();
        store::start_counting();
        let (house, site) = &*house;
        let before = known.as_ref().map(|known| known.took).unwrap_or_default();
        let reply = trip(house, site, &route, &read, known, refused);
        let timing = site.tells_timing.then(|| Took::since(stopwatch).and(before).to_string());
        Outcome { reply, forget_notice: read.notice.is_some(), timing }
    };
    let done = if here { catch_unwind(AssertUnwindSafe(work)).ok() } else { web::block(work).await.ok() };
    let mut response = answer(&request, done, &shared, stopwatch);
    if is_unread {
        // A body that nobody wants any more is read away for as long as it comes; one that somebody might still read ends the
        // connection once the answer is sent.
        response.extensions_mut().insert(body);
    }
    // The route and not the path, which may hold somebody's secret.
    tracing::debug!(
        target: "parcours::requests",
        method = %request.method(),
        door = pattern,
        status = response.status().as_u16(),
        micros = u64::try_from(stopwatch.elapsed().as_micros()).unwrap_or(u64::MAX),
    );
    response
}

/// Whoever brings something, and when they were asked who they are.
struct Known {
    actor: Actor,
    login: Option<Login>,
    /// The log-in that their cookie named, if it has ended.
    ended: Option<Ended>,
    asked: Stopwatch,
    took: Took,
}

impl Known {
    /// Somebody may be kept out while their body is on its way: after so long they are asked again.
    const HOLDS: Duration = Duration::from_secs(2);

    fn ask(house: &House, request: &Request) -> Result<Self, store::Error> {
        store::start_counting();
        let asked = Stopwatch::now();
        let (actor, login) = guard::who(house, request)?;
        let ended = if actor == Actor::NOBODY { guard::ended(house, request)? } else { None };
        Ok(Self { actor, login, ended, asked, took: Took::since(asked) })
    }
}

async fn who_brings(read: &Request, shared: &Shared) -> Result<Known, Problem> {
    if read.cookie.is_none() && read.parameter("link").is_none() {
        return Ok(Known::ask(&shared.0, read)?);
    }
    let fault = |error: &dyn fmt::Display| Problem::Fault(error.to_string());
    let (turn, away) = (pin!(shared.1.gate.acquire()), pin!(shared.1.away.notified()));
    let _turn = match select(turn, away).await {
        Either::Left((turn, _)) => turn.map_err(|error| fault(&error))?,
        // Nobody waits for the impatience of all who came before.
        Either::Right(_) => return Err(store::Error::Busy("the database is away".to_owned()).into()),
    };
    let (house, asked) = (Arc::clone(shared), read.clone());
    let known = web::block(move || Known::ask(&house.0, &asked)).await.map_err(|error| fault(&error))?;
    if matches!(known, Err(store::Error::Busy(_))) {
        shared.1.away.notify_waiters();
    }
    Ok(known?)
}

/// The body, if the route is open to who brings it, with its share.
async fn received<'a>(
    request: &HttpRequest,
    body: &mut Payload,
    read: &Request,
    known: &Known,
    site: &'a Site,
    route: &Route,
) -> Result<(Bytes, Share<'a>), Problem> {
    reach(route, read, known.actor)?;
    let sender = match known.actor.account() {
        Some(account) => Sender::Account(account),
        None => Sender::stranger(&read.address),
    };
    site.bodies.read(body, announced(request), route.limit, sender).await
}

/// The form that somebody sends whose log-in has ended, with its share; none where it is none, or too long.
async fn kept<'a>(
    request: &HttpRequest,
    body: &mut Payload,
    read: &Request,
    ended: &Ended,
    site: &'a Site,
) -> Option<(Bytes, Share<'a>)> {
    let sender = Sender::Account(ended.account);
    if !kept::is_form(&read.content_type) {
        return None;
    }
    site.bodies.read(body, announced(request), kept::LIMIT, sender).await.ok()
}

fn announced(request: &HttpRequest) -> Option<usize> {
    request.headers().get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn trip(
    house: &House,
    site: &Site,
    route: &Route,
    read: &Request,
    known: Option<Known>,
    refused: Option<Problem>,
) -> Reply {
    let bare = || Shell::bare(site, read, Actor::NOBODY, None, words(read, None));
    let refused = match refused {
        // Who they are could not be asked, and is not asked again.
        Some(problem @ Problem::Action(actions::Error::Store(_))) if known.is_none() => {
            return problem.reply(bare());
        }
        other => other,
    };
    let ended = known.as_ref().and_then(|known| known.ended.clone());
    let known = match known.filter(|known| known.asked.elapsed() < Known::HOLDS) {
        Some(known) => Ok((known.actor, known.login)),
        None => guard::who(house, read),
    };
    let (actor, login) = match known {
        Ok(known) => known,
        Err(error) => return Problem::from(error).reply(bare()),
    };
    let w = words(read, login.as_ref());
    let reply = match refused {
        Some(problem) => Err(problem),
        None => visit(house, site, route, read, actor, login.as_ref(), w),
    };
    let reply = match (reply, ended) {
        (Err(Problem::LogInFirst), Some(ended)) if !read.body.is_empty() => {
            log_in_again(house, site, read, &ended, w)
        }
        (reply, _) => reply,
    };
    match reply {
        Ok(reply) => reply,
        Err(Problem::LogInFirst) if read.has_page => {
            Reply::see(&format!("/connexion?suite={}", encoded(read)))
        }
        Err(Problem::LogInFirst) => Reply::see("/connexion"),
        Err(problem) => problem.reply(Shell::bare(site, read, actor, login.as_ref(), w)),
    }
}

/// Asks who one is, and takes along what they had written.
fn log_in_again(
    house: &House,
    site: &Site,
    read: &Request,
    ended: &Ended,
    w: Words,
) -> Result<Reply, Problem> {
    let keys = site.passing_keys(house);
    let sealed = keys.and_then(|keys| kept::seal(keys, ended, &read.path, &read.body));
    let Some(sealed) = sealed else { return Err(Problem::LogInFirst) };
    let actor = Actor::NOBODY;
    let reach = actor.may(Action::LogIn).map_err(actions::Error::from)?;
    let visit = Visit { house, site, request: read, actor, reach, login: None, w };
    (site.log_in_again)(&visit, &sealed)
}

/// What `Server-Timing` tells of one trip or of several: time in all and in the database, and the number of queries.
#[derive(Debug, Clone, Copy, Default)]
struct Took {
    all: Duration,
    database: Duration,
    queries: u32,
}

impl Took {
    /// Since the thread began to count.
    fn since(stopwatch: Stopwatch) -> Self {
        let (queries, database) = store::counted();
        Self { all: stopwatch.elapsed(), database, queries }
    }

    fn and(self, before: Self) -> Self {
        Self {
            all: self.all + before.all,
            database: self.database + before.database,
            queries: self.queries + before.queries,
        }
    }
}

impl fmt::Display for Took {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = |time: Duration| time.as_secs_f64() * 1000.0;
        let (all, database) = (millis(self.all), millis(self.database));
        write!(f, "total;dur={all:.2}, db;dur={database:.2};desc=\"{}\"", self.queries)
    }
}

/// What the policy grants to somebody on a route.
fn reach(route: &Route, request: &Request, actor: Actor) -> Result<Reach, Problem> {
    match actor.may(route.action) {
        Ok(reach) => Ok(reach),
        Err(_) if actor.role() == Role::Anyone && request.parameter("link").is_none() => {
            Err(Problem::LogInFirst)
        }
        // What one may not see does not exist.
        Err(_) if route.method == Method::GET || actor.role() == Role::Anyone => Err(Problem::NotFound),
        Err(denied) => Err(Problem::Action(denied.into())),
    }
}

fn visit(
    house: &House,
    site: &Site,
    route: &Route,
    request: &Request,
    actor: Actor,
    login: Option<&Login>,
    w: Words,
) -> Result<Reply, Problem> {
    let reach = reach(route, request, actor)?;
    let reply = (route.handler)(&Visit { house, site, request, actor, reach, login, w })?;
    if request.is_old { streaming::whole(reply, house) } else { Ok(reply) }
}

fn encoded(read: &Request) -> String {
    let whole =
        if read.query.is_empty() { read.path.clone() } else { format!("{}?{}", read.path, read.query) };
    percent_encoding::utf8_percent_encode(&whole, percent_encoding::NON_ALPHANUMERIC).to_string()
}

fn read(request: &HttpRequest, body: Bytes, site: &Site) -> Request {
    let text = |name: HeaderName| {
        request.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned()
    };
    let cookie = |name: &str| request.cookie(name).map(|c| c.value().to_owned());
    let mut agent = text(header::USER_AGENT);
    agent.truncate(200);
    Request {
        path: request.path().to_owned(),
        pattern: request.match_pattern().unwrap_or_default(),
        query: request.query_string().to_owned(),
        parameters: request.match_info().iter().map(|(n, v)| (n.to_owned(), v.to_owned())).collect(),
        body,
        content_type: text(header::CONTENT_TYPE),
        address: guard::address(request, site),
        agent,
        cookie: cookie(site.cookie_name()),
        device: cookie(DEVICE_COOKIE)
            .filter(|name| name.len() <= 64 && !name.is_empty())
            .unwrap_or_else(credentials::device_name),
        notice: cookie(NOTICE_COOKIE).and_then(|text| Notice::unpack(&text)),
        language_cookie: cookie(LANGUAGE_COOKIE),
        accepts: text(header::ACCEPT_LANGUAGE),
        wants: text(header::ACCEPT),
        came_from: came_from(request, site),
        is_same_site: guard::is_same_site(request, site),
        is_old: request.version() < Version::HTTP_11,
        has_page: false,
    }
}

/// The path of a page of ours, from `Referer`.
fn came_from(request: &HttpRequest, site: &Site) -> Option<String> {
    let whole = request.headers().get(header::REFERER)?.to_str().ok()?;
    let host = request.headers().get(header::HOST)?.to_str().ok()?;
    let path = whole
        .strip_prefix(&site.public_url)
        .or_else(|| whole.split_once("://").and_then(|(_, rest)| rest.strip_prefix(host)))?;
    Some(path.to_owned()).filter(|p| p.starts_with('/') && !p.starts_with("//"))
}

/// The reader's language: the one of the account, else the one chosen, else the browser's; French by default.
fn words(read: &Request, login: Option<&Login>) -> Words {
    if let Some(login) = login {
        return Words(login.language);
    }
    if let Some(chosen) = read.language_cookie.as_deref().and_then(|c| c.parse().ok()) {
        return Words(chosen);
    }
    let first = read.accepts.split(',').next().unwrap_or_default().trim().to_lowercase();
    Words(if first.is_empty() || first.starts_with("fr") || first.starts_with('*') {
        Language::Fr
    } else {
        Language::En
    })
}

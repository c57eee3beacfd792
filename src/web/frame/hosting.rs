//! A server from its start to the signal that ends it.

use super::metrics;
use super::route::Route;
use super::server;
use super::site::Site;
use actions::House;
use actix_web::dev::ServerHandle;
use actix_web::rt::System;
use actix_web::rt::signal::unix::{SignalKind, signal};
use actix_web::rt::time::sleep;
use actix_web::{App, HttpServer};
use futures_util::future::select;
use socket2::SockRef;
use std::io;
use std::net::{Shutdown, TcpListener};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// How long a server that shut takes to read what those have sent who are in: what is not read when the server ends is lost.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// Where a server listens, with how many threads.
pub struct Hosting {
    pub listener: TcpListener,
    /// Where `/metrics` is asked for; none where it is a page among the others.
    pub metrics_listener: Option<TcpListener>,
    pub workers: usize,
    /// How long a server that is told to stop still lets people in.
    pub drain: Duration,
}

/// Serves until SIGTERM or SIGINT, then answers what is under way and returns. `ready` is called when
/// the first request would be answered. Told to stop it still lets people in for a while, each answer the last on its
/// connection: `/readyz` tells a proxy to go elsewhere meanwhile.
pub fn run(
    house: House,
    mut site: Site,
    routes: Vec<Route>,
    hosting: Hosting,
    ready: impl FnOnce(),
) -> io::Result<()> {
    let Hosting { listener, metrics_listener, workers, drain } = hosting;
    System::new().block_on(async {
        site.metrics_apart = metrics_listener.is_some();
        let shared = Arc::new((house, site));
        let (mut terminated, mut interrupted) =
            (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        let closing = listener.try_clone()?;
        let served = server::open(&shared, routes, listener, workers)?;
        let told = Arc::clone(&shared);
        let watched = metrics_listener
            .map(|listener| {
                let pages = HttpServer::new(move || {
                    let shared = Arc::clone(&shared);
                    App::new().configure(move |config| metrics::route(config, &shared))
                });
                Ok::<_, io::Error>(pages.workers(1).disable_signals().listen(listener)?.run())
            })
            .transpose()?;
        let watched = watched.map(|server| (server.handle(), actix_web::rt::spawn(server)));
        let running = actix_web::rt::spawn(served.running);
        ready();
        select(pin!(terminated.recv()), pin!(interrupted.recv())).await;
        tracing::info!("stopping");
        told.1.stopping.store(true, Ordering::Relaxed);
        sleep(drain).await;
        shut(&served.handle, &closing).await?;
        served.handle.stop(true).await;
        if let Some((handle, running)) = watched {
            handle.stop(true).await;
            running.await.map_err(io::Error::other)??;
        }
        running.await.map_err(io::Error::other)?
    })
}

/// Nobody is let in any more: who comes now is refused at once, rather than let in and not heard.
async fn shut(handle: &ServerHandle, listener: &TcpListener) -> io::Result<()> {
    handle.pause().await;
    SockRef::from(listener).shutdown(Shutdown::Both)?;
    sleep(LAST_WORDS).await;
    Ok(())
}

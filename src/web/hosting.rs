//! A server from its start to the signal that ends it.

use super::metrics;
use super::server::{self, Site};
use crate::actions::House;
use actix_web::rt::System;
use actix_web::rt::signal::unix::{SignalKind, signal};
use actix_web::rt::time::sleep;
use actix_web::{App, HttpServer};
use futures_util::future::{Either, select};
use std::io;
use std::net::TcpListener;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

/// Serves until SIGTERM or SIGINT, then answers what is under way and returns. `ready` is called when
/// the first request would be answered. After SIGTERM it goes on for `drain`: who connects is answered, is told that
/// this server stops, and is not kept.
pub fn run(
    house: House,
    mut site: Site,
    listener: TcpListener,
    metrics_listener: Option<TcpListener>,
    workers: usize,
    drain: Duration,
    ready: impl FnOnce(),
) -> io::Result<()> {
    System::new().block_on(async {
        site.metrics_apart = metrics_listener.is_some();
        let shared = Arc::new((house, site));
        let (mut terminated, mut interrupted) =
            (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        let served = server::open(&shared, listener, workers)?;
        let watched = Arc::clone(&shared);
        let watched = metrics_listener
            .map(|listener| {
                let pages = HttpServer::new(move || {
                    let shared = Arc::clone(&watched);
                    App::new().configure(move |config| metrics::route(config, &shared))
                });
                Ok::<_, io::Error>(pages.workers(1).disable_signals().listen(listener)?.run())
            })
            .transpose()?;
        let watched = watched.map(|server| (server.handle(), actix_web::rt::spawn(server)));
        let running = actix_web::rt::spawn(served.running);
        ready();
        let is_patient =
            matches!(select(pin!(terminated.recv()), pin!(interrupted.recv())).await, Either::Left(_));
        tracing::info!("stopping");
        shared.1.stop();
        if is_patient {
            // Whoever asks twice is in a hurry.
            let (mut again, mut interruption) = (pin!(terminated.recv()), pin!(interrupted.recv()));
            select(pin!(sleep(drain)), select(&mut again, &mut interruption)).await;
        }
        served.handle.stop(true).await;
        if let Some((handle, running)) = watched {
            handle.stop(true).await;
            running.await.map_err(io::Error::other)??;
        }
        running.await.map_err(io::Error::other)?
    })
}

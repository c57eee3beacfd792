//! A network between a browser and the server that can be cut and mended: for the page and for its service worker alike.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

pub struct Cut {
    port: u16,
    broken: Arc<AtomicBool>,
    stuck: Arc<AtomicBool>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Cut {
    /// Stands before `http://127.0.0.1:PORT`.
    pub fn before(address: &str) -> Self {
        let server = address.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let broken = Arc::new(AtomicBool::new(false));
        let open = Arc::new(Mutex::new(Vec::new()));
        let stuck = Arc::new(AtomicBool::new(false));
        let (cut, held, kept) = (Arc::clone(&broken), Arc::clone(&stuck), Arc::clone(&open));
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if cut.load(Ordering::SeqCst) {
                    continue;
                }
                let Ok(server) = TcpStream::connect(&server) else { continue };
                kept.lock().unwrap().extend([client.try_clone().unwrap(), server.try_clone().unwrap()]);
                pass(client.try_clone().unwrap(), server.try_clone().unwrap(), Arc::clone(&held));
                pass(server, client, Arc::clone(&held));
            }
        });
        Self { port, broken, stuck, open }
    }

    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn cut(&self) {
        self.broken.store(true, Ordering::SeqCst);
        for stream in self.open.lock().unwrap().drain(..) {
            // One that is closed already stays so.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    /// Lines still open, and nothing comes through: it arrives once the network is mended.
    pub fn hang(&self) {
        self.stuck.store(true, Ordering::SeqCst);
    }

    pub fn mend(&self) {
        self.broken.store(false, Ordering::SeqCst);
        self.stuck.store(false, Ordering::SeqCst);
    }
}

fn pass(mut from: TcpStream, mut to: TcpStream, stuck: Arc<AtomicBool>) {
    thread::spawn(move || {
        let mut bytes = [0; 16 * 1024];
        // A cut line ends the copying; so does the end of a connection.
        while let Ok(read @ 1..) = from.read(&mut bytes) {
            while stuck.load(Ordering::SeqCst) {
                thread::sleep(Duration::from_millis(20));
            }
            if to.write_all(&bytes[..read]).is_err() {
                break;
            }
        }
        let _ = to.shutdown(Shutdown::Both);
    });
}

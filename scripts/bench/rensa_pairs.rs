// rensa driven natively: JSON lines in, verified pairs out, on one thread.
// Words are split and put together as dedup_peers.py does it.
//
//   rensa_pairs PATH      prints CPU seconds, bytes of text, pairs
use std::collections::HashSet;
use std::fs;

use rensa::{RMinHash, RMinHashLSH};

const N: usize = 5;
const SLOTS: usize = 128;
const BANDS: usize = 32;
const LIMIT: f64 = 0.33;

fn cpu_seconds() -> f64 {
    let mut t = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut t) };
    t.tv_sec as f64 + t.tv_nsec as f64 * 1e-9
}

fn shingles(text: &str) -> HashSet<String> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .collect();
    if words.len() < N {
        return HashSet::from([words.join(" ")]);
    }
    words.windows(N).map(|window| window.join(" ")).collect()
}

fn main() {
    let path = std::env::args().nth(1).expect("usage: rensa_pairs PATH");
    let start = cpu_seconds();
    let (mut sets, mut sketches, mut bytes) = (Vec::new(), Vec::new(), 0);
    for line in fs::read_to_string(path).unwrap().lines() {
        let doc: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = doc["text"].as_str().unwrap();
        bytes += text.len();
        let set = shingles(text);
        let mut sketch = RMinHash::new(SLOTS, 1).unwrap();
        sketch.update_iter(&set);
        sets.push(set);
        sketches.push(sketch);
    }
    let mut index = RMinHashLSH::new(LIMIT, SLOTS, BANDS).unwrap();
    for (key, sketch) in sketches.iter().enumerate() {
        index.insert(key, sketch).unwrap();
    }
    let mut found = 0;
    for (b, sketch) in sketches.iter().enumerate() {
        for a in index.query(sketch).unwrap() {
            if a < b {
                let shared = sets[a].intersection(&sets[b]).count() as f64;
                let all = (sets[a].len() + sets[b].len()) as f64 - shared;
                found += usize::from(shared >= LIMIT * all);
            }
        }
    }
    println!("{} {} {}", cpu_seconds() - start, bytes, found);
}

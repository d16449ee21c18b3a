"""What people use for near-duplicates in Python, each as its documentation says.

    dedup_peers.py TASK PATH BYTES

reads about BYTES of text from JSON lines and prints CPU seconds and bytes.
"""
import json
import re
import sys
import time

WORD = re.compile(r"\w+")
N, SLOTS, SEED = 5, 128, 1


def shingles(text):
    words = WORD.findall(text.lower())
    return {" ".join(words[i:i + N]) for i in range(max(1, len(words) - N + 1))}


def lines(path, most):
    size = 0
    with open(path, encoding="utf-8") as file:
        for line in file:
            if size > most:
                return
            size += len(line)
            yield line


def texts(path, most):
    return [json.loads(line)["text"] for line in lines(path, most)]


def timed(run, size):
    start = time.process_time()
    run()
    print(time.process_time() - start, size)


def datasketch_hash():
    from datasketch import MinHash
    first = MinHash(num_perm=SLOTS, seed=SEED)

    def sketch(grams):
        m = first.copy()
        m.update_batch([g.encode() for g in grams])
        return m
    return sketch


def datasketch_sketches(path, most):
    docs, sketch = texts(path, most), datasketch_hash()
    timed(lambda: [sketch(shingles(t)) for t in docs], sum(map(len, docs)))


def rensa_kernel(path, most):
    from rensa import RMinHash
    docs = texts(path, most)
    grams = [list(shingles(t)) for t in docs]

    def run():
        for g in grams:
            m = RMinHash(SLOTS, SEED)
            m.update(g)
            m.digest()
    timed(run, sum(map(len, docs)))


def verified(sets, candidates):
    found = []
    for a, b in candidates:
        shared = len(sets[a] & sets[b])
        if shared >= 0.33 * (len(sets[a]) + len(sets[b]) - shared):
            found.append((a, b))
    return found


def datasketch_pairs(path, most):
    from datasketch import MinHashLSH
    sketch, size = datasketch_hash(), sum(map(len, texts(path, most)))

    def run():
        index, sets, candidates = MinHashLSH(num_perm=SLOTS, params=(32, 4)), [], []
        for i, text in enumerate(texts(path, most)):
            sets.append(shingles(text))
            m = sketch(sets[i])
            candidates += [(j, i) for j in index.query(m)]
            index.insert(i, m)
        verified(sets, candidates)
    timed(run, size)


def gaoya_pairs(path, most):
    from gaoya.minhash import MinHashStringIndex
    size = sum(map(len, texts(path, most)))

    def run():
        index = MinHashStringIndex(32, 0.33, 32, 4, None, "word", True, (N, N))
        for i, text in enumerate(texts(path, most)):
            index.query(text)
            index.insert_document(i, text)
    timed(run, size)


globals()[sys.argv[1]](sys.argv[2], int(sys.argv[3]))

"""What people use for near-duplicates in Python, each as its documentation says:
word 5-grams, 128 slots, 32 bands of 4, similar from 0.33 on, one thread.

    dedup_peers.py TASK PATH BYTES

reads about BYTES of text from JSON lines and prints CPU seconds, bytes, and how
many pairs were found.
"""
import ast
import importlib.util
import itertools
import json
import os
import re
import sys
import time

for name in ("OMP", "OPENBLAS", "MKL", "RAYON"):
    os.environ[name + "_NUM_THREADS"] = "1"

WORD = re.compile(r"\w+")
N, SLOTS, SEED, BANDS, ROWS, LIMIT = 5, 128, 1, 32, 4, 0.33


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


def timed(run, path, most):
    size = sum(map(len, texts(path, most)))
    start = time.process_time()
    found = run()
    print(time.process_time() - start, size, found)


def verified(sets, candidates):
    found = 0
    for a, b in candidates:
        shared = len(sets[a] & sets[b])
        found += shared >= LIMIT * (len(sets[a]) + len(sets[b]) - shared)
    return found


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
    timed(lambda: len([sketch(shingles(t)) for t in docs]), path, most)


def rensa_strings(path, most):
    """Shingles as strings, as its documentation hands them over."""
    from rensa import RMinHash
    grams = [list(shingles(t)) for t in texts(path, most)]

    def run():
        for g in grams:
            m = RMinHash(SLOTS, SEED)
            m.update(g)
            m.digest()
        return len(grams)
    timed(run, path, most)


def rensa_hashes(path, most):
    """Shingles that are hashed already, a whole matrix in one call."""
    from array import array
    from rensa import RMinHash
    sets = [list(shingles(t)) for t in texts(path, most)]
    flat, offsets = array("Q"), array("Q", [0])
    for hashes in RMinHash.hash_token_sets(sets):
        flat.extend(hashes)
        offsets.append(len(flat))

    def run():
        RMinHash.digest_matrix_from_flat_token_hashes(flat, offsets, SLOTS, SEED)
        return len(sets)
    timed(run, path, most)


def datasketch_pairs(path, most):
    from datasketch import MinHashLSH
    sketch = datasketch_hash()

    def run():
        index, sets, candidates = MinHashLSH(num_perm=SLOTS, params=(BANDS, ROWS)), [], []
        for i, text in enumerate(texts(path, most)):
            sets.append(shingles(text))
            m = sketch(sets[i])
            candidates += [(j, i) for j in index.query(m)]
            index.insert(i, m)
        return verified(sets, candidates)
    timed(run, path, most)


def gaoya_pairs(path, most):
    """Splits and hashes for itself; what it finds is not compared."""
    from gaoya.minhash import MinHashStringIndex

    def run():
        index, found = MinHashStringIndex(32, LIMIT, BANDS, ROWS, None, "word", True, (N, N)), 0
        for i, text in enumerate(texts(path, most)):
            found += len(index.query(text))
            index.insert_document(i, text)
        return found
    timed(run, path, most)


def rensa_pairs(path, most):
    """Its calls for whole collections; what it finds is compared."""
    from rensa import RMinHash, RMinHashLSH

    def run():
        sets = [shingles(t) for t in texts(path, most)]
        sketches = RMinHash.from_token_sets([list(s) for s in sets], SLOTS, SEED)
        index = RMinHashLSH(LIMIT, SLOTS, BANDS)
        index.insert_many(sketches, 0)
        found = index.query_all(sketches)
        return verified(sets, ((a, b) for b, list_ in enumerate(found) for a in list_ if a < b))
    timed(run, path, most)


def text_dedup_core():
    """Its function that makes signatures, out of a module that wants many more
    packages than it needs for that."""
    import numpy
    folder = importlib.util.find_spec("text_dedup").submodule_search_locations[0]

    def names(path, wanted, scope):
        with open(os.path.join(folder, path), encoding="utf-8") as file:
            tree = ast.parse(file.read())
        tree.body = [x for x in tree.body if getattr(x, "name", None) in wanted]
        exec(compile(tree, path, "exec"), scope)
    scope = {"np": numpy, "Any": None, "Callable": None, "List": list, "tee": itertools.tee,
             "NON_ALPHA": re.compile(r"\W", re.UNICODE),
             "SIGNATURE_COLUMN": "signature", "INDEX_COLUMN": "index"}
    names("utils/tokenization.py", {"ngrams"}, scope)
    names("minhash.py", {"embed_func"}, scope)
    return scope["embed_func"]


def text_dedup_pairs(path, most):
    """Signatures by its function, groups by a dictionary for each band as it does;
    what it finds is not compared."""
    import numpy
    import xxhash
    embed = text_dedup_core()
    prime, top = numpy.uint64((1 << 61) - 1), numpy.uint64((1 << 32) - 1)
    rng = numpy.random.RandomState(SEED)
    permutations = (rng.randint(1, prime, size=SLOTS, dtype=numpy.uint64),
                    rng.randint(0, prime, size=SLOTS, dtype=numpy.uint64))
    ranges = [(i * ROWS, (i + 1) * ROWS) for i in range(BANDS)]

    def run():
        tables, found = [{} for _ in ranges], set()
        for i, text in enumerate(texts(path, most)):
            bands = embed(text, i, num_perm=SLOTS, ngram_size=N, min_length=1, hashranges=ranges,
                          permutations=permutations, hash_func=xxhash.xxh32_intdigest,
                          dtype=numpy.uint64, max_hash=top, modulo_prime=prime)["signature"]
            for table, band in zip(tables, bands):
                found.add((table.setdefault(band, i), i))
        return len([1 for a, b in found if a != b])
    timed(run, path, most)


def difflib_words(path, most):
    """One pair a line: {a, b}; the words of both matched in blocks."""
    from difflib import SequenceMatcher
    docs = [json.loads(line) for line in lines(path, most)]
    size = sum(len(d["a"]) + len(d["b"]) for d in docs)
    start, found = time.process_time(), 0
    for d in docs:
        a, b = WORD.findall(d["a"].lower()), WORD.findall(d["b"].lower())
        found += len(SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())
    print(time.process_time() - start, size, found)


globals()[sys.argv[1]](sys.argv[2], int(sys.argv[3]))

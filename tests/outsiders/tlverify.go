// Tlverify checks an exported log with Go's own note and tlog packages, and nothing of ours.
//
// Usage: tlverify DIR VKEY [CHECKPOINT]
//
// Every hash of the tree is computed again from the entries and compared with every tile that is there; the root is
// compared with the signed one. CHECKPOINT is a note of the same log that the reader kept: the log must have grown from
// it. The packages' TileHashReader is not used: some versions of it believe full tiles that nobody authenticated.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const width = 256

type checkpoint struct {
	origin string
	size   int64
	root   tlog.Hash
}

func main() {
	if len(os.Args) < 3 {
		fail("usage: tlverify DIR VKEY [CHECKPOINT]")
	}
	dir := os.Args[1]
	signer, err := note.NewVerifier(os.Args[2])
	check(err)
	now := open(filepath.Join(dir, "checkpoint"), signer)
	leaves := entries(dir, now.size)
	stored := compare(dir, leaves)
	if root := rootOf(now.size, stored); root != now.root {
		fail("the root over the entries is %v, the signed one is %v", root, now.root)
	}
	if len(os.Args) > 3 {
		before := open(os.Args[3], signer)
		if before.origin != now.origin || before.size > now.size {
			fail("%s of %d entries was there before %s of %d", before.origin, before.size, now.origin, now.size)
		}
		if root := rootOf(before.size, stored); root != before.root {
			fail("the first %d entries are not those that were signed before", before.size)
		}
	}
	fmt.Printf("%s: %d entries hold\n", now.origin, now.size)
}

// open reads a signed note and the checkpoint in it.
func open(path string, signer note.Verifier) checkpoint {
	data, err := os.ReadFile(path)
	check(err)
	signed, err := note.Open(data, note.VerifierList(signer))
	check(err)
	lines := strings.Split(signed.Text, "\n")
	if len(lines) < 4 || lines[0] != signer.Name() {
		fail("%s is no checkpoint of %s", path, signer.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	root, err := base64.StdEncoding.DecodeString(lines[2])
	check(err)
	if len(root) != tlog.HashSize {
		fail("%s has a root of %d bytes", path, len(root))
	}
	return checkpoint{lines[0], size, tlog.Hash(*(*[tlog.HashSize]byte)(root))}
}

// entries reads every entry of the log from its bundles.
func entries(dir string, size int64) [][]byte {
	var all [][]byte
	for start := int64(0); start < size; start += width {
		tile := tlog.Tile{H: 8, L: -1, N: start / width, W: int(min(width, size-start))}
		path := strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1)
		data, err := os.ReadFile(filepath.Join(dir, path))
		check(err)
		for count := 0; count < tile.W; count++ {
			if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
				fail("%s ends in the middle of an entry", path)
			}
			length := int(binary.BigEndian.Uint16(data))
			all = append(all, data[2:2+length])
			data = data[2+length:]
		}
		if len(data) > 0 {
			fail("%s goes on after its last entry", path)
		}
	}
	return all
}

// compare computes all hashes of the tree from its entries and compares them with the tiles.
func compare(dir string, leaves [][]byte) tlog.HashReader {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		found := make([]tlog.Hash, len(indexes))
		for place, index := range indexes {
			found[place] = stored[index]
		}
		return found, nil
	})
	for index, leaf := range leaves {
		hashes, err := tlog.StoredHashes(int64(index), leaf, reader)
		check(err)
		stored = append(stored, hashes...)
	}
	for level, hashes := 0, int64(len(leaves)); hashes > 0; level, hashes = level+1, hashes/width {
		for start := int64(0); start < hashes; start += width {
			tile := tlog.Tile{H: 8, L: level, N: start / width, W: int(min(width, hashes-start))}
			expected, err := tlog.ReadTileData(tile, reader)
			check(err)
			path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
			data, err := os.ReadFile(filepath.Join(dir, path))
			check(err)
			if !bytes.Equal(data, expected) {
				fail("%s does not hold the hashes of the entries", path)
			}
		}
	}
	return reader
}

func rootOf(size int64, stored tlog.HashReader) tlog.Hash {
	root, err := tlog.TreeHash(size, stored)
	check(err)
	return root
}

func min(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}

func check(err error) {
	if err != nil {
		fail("%v", err)
	}
}

func fail(format string, facts ...interface{}) {
	fmt.Fprintf(os.Stderr, format+"\n", facts...)
	os.Exit(1)
}

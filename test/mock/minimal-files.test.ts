import { crc32, gunzipSync, inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { minimalFile } from "../../src/mock/minimal-files.js";

const bytesOf = (mediaType: string) => minimalFile(mediaType).bytes;

test.each([
  ["image/*", "image/png"],
  ["audio/*", "audio/mpeg"],
  ["video/*", "application/octet-stream"],
  ["*/*", "application/octet-stream"],
  ["AUDIO/MP3", "AUDIO/MP3"],
  ["font/woff2", "font/woff2"],
  ['application/zip; name="a"', 'application/zip; name="a"'],
])("a body for %s is %s", (documented, mediaType) => {
  expect(minimalFile(documented).mediaType).toBe(mediaType);
});

test("the same bytes come every time", () => {
  for (const type of ["image/png", "audio/mpeg", "application/pdf", "application/zip", "*/*"]) {
    expect(bytesOf(type).equals(bytesOf(type))).toBe(true);
  }
});

test("a PNG has one pixel, and right checksums", () => {
  const png = bytesOf("image/png");
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const checked = png.subarray(at + 4, at + 8 + length);
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(checked));
    chunks.set(checked.toString("latin1", 0, 4), checked.subarray(4));
    at += 12 + length;
  }
  expect([...chunks.keys()]).toEqual(["IHDR", "IDAT", "IEND"]);
  expect([chunks.get("IHDR")?.readUInt32BE(0), chunks.get("IHDR")?.readUInt32BE(4)]).toEqual([1, 1]);
  expect(inflateSync(chunks.get("IDAT")!).length).toBe(1 + 4);
});

test("an MP3 is whole frames, each as long as its header says", () => {
  const mp3 = bytesOf("audio/mpeg");
  const bitrate = [0, 32_000][mp3[2]! >> 4]!;
  const length = Math.floor((144 * bitrate) / 44_100);
  expect(mp3.length % length).toBe(0);
  for (let at = 0; at < mp3.length; at += length) expect(mp3.readUInt16BE(at)).toBe(0xfffb);
});

test("a PDF's table says where its objects begin", () => {
  const pdf = bytesOf("application/pdf").toString("latin1");
  const table = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(pdf)?.[1]);
  expect(pdf.slice(table)).toMatch(/^xref\n0 4\n/);
  const offsets = [...pdf.slice(table).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset));
  expect(offsets).toHaveLength(3);
  for (const [index, offset] of offsets.entries())
    expect(pdf.slice(offset)).toMatch(new RegExp(`^${index + 1} 0 obj\n`));
});

test("a zip is an empty archive, a gzip an empty file, and a WAV as long as it says", () => {
  expect(bytesOf("application/zip").toString("latin1")).toBe(`PK\x05\x06${"\0".repeat(18)}`);
  expect(gunzipSync(bytesOf("application/gzip"))).toHaveLength(0);
  const wav = bytesOf("audio/wav");
  expect([wav.readUInt32LE(4), wav.readUInt32LE(40)]).toEqual([wav.length - 8, wav.length - 44]);
});

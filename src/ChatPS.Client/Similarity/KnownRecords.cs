using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ChatPS.Client.Similarity;

/// <summary>The texts and properties that a file has, each as 128 bits of its SHA-256: a million of them take some 40 MB.</summary>
internal sealed class KnownRecords
{
    private readonly HashSet<(ulong High, ulong Low)> _hashes = [];
#if !NET8_0_OR_GREATER
    private readonly SHA256 _sha256 = SHA256.Create();
#endif

    private KnownRecords()
    {
    }

    /// <summary>Reads those of a file. Its vectors are passed over.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="scan">What lies where in it.</param>
    /// <param name="path">Its path, for the error.</param>
    /// <returns>The records.</returns>
    /// <exception cref="ChatServiceException">The file is damaged.</exception>
    public static KnownRecords Read(FileStream stream, VectorFileScan scan, string path)
    {
        KnownRecords known = new();
        foreach ((BlockHeader header, long start) in scan.Blocks)
        {
            BlockLayout layout = new(scan.Header.Dimension, header.Count, scan.Header.HasCodes, header.RecordBytes);
            byte[] bytes = new byte[layout.Length - layout.Ends];
            stream.Position = start + layout.Ends;
            if (!VectorFileScan.TryFill(stream, bytes))
            {
                throw Damaged();
            }

            ReadOnlySpan<int> ends = MemoryMarshal.Cast<byte, int>(bytes.AsSpan(0, header.Count * sizeof(int)));
            int records = (int)(layout.Records - layout.Ends);
            int begin = 0;
            foreach (int end in ends)
            {
                if (end < begin || end > header.RecordBytes)
                {
                    throw Damaged();
                }

                known._hashes.Add(known.Hash(bytes, records + begin, end - begin));
                begin = end;
            }

            ChatServiceException Damaged() => VectorFileFaults.Damaged(path, FormattableString.Invariant($"the texts of the block at byte {start} cannot be read"));
        }

        return known;
    }

    /// <summary>Whether the file has a record.</summary>
    /// <param name="record">Its bytes.</param>
    /// <returns>Whether it has.</returns>
    public bool Has(byte[] record) => _hashes.Count > 0 && _hashes.Contains(Hash(record, 0, record.Length));

    private (ulong High, ulong Low) Hash(byte[] bytes, int start, int length)
    {
#if NET8_0_OR_GREATER
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes.AsSpan(start, length), hash);
#else
        ReadOnlySpan<byte> hash = _sha256.ComputeHash(bytes, start, length);
#endif
        return (BinaryPrimitives.ReadUInt64LittleEndian(hash), BinaryPrimitives.ReadUInt64LittleEndian(hash.Slice(8)));
    }
}

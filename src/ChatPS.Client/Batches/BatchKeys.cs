using System.Buffers.Binary;
using System.Security.Cryptography;
using ChatPS.Client.Checkpoints;

namespace ChatPS.Client.Batches;

/// <summary>The keys of the requests of a batch, in their order: which of equal ones a request is, and what tells the whole from another batch.</summary>
internal sealed class BatchKeys : IDisposable
{
    private readonly KeySet _seen = new();

    // Few requests are made twice.
    private readonly Dictionary<RequestKey, int> _repeated = [];
    private readonly byte[] _bytes = new byte[2 * sizeof(ulong)];
#if NET8_0_OR_GREATER
    private readonly SHA256 _hash = SHA256.Create();
#else
    // SHA256.Create() fails there on machines in FIPS mode.
    private readonly SHA256CryptoServiceProvider _hash = new();
#endif

    /// <summary>Takes the next key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Which of the equal ones it is, from 1.</returns>
    public int Take(RequestKey key)
    {
        BinaryPrimitives.WriteUInt64BigEndian(_bytes, key.High);
        BinaryPrimitives.WriteUInt64BigEndian(_bytes.AsSpan(sizeof(ulong)), key.Low);
        _hash.TransformBlock(_bytes, 0, _bytes.Length, null, 0);
        if (_seen.Add(key.Low))
        {
            return 1;
        }

        return _repeated[key] = (_repeated.TryGetValue(key, out int occurrence) ? occurrence : 1) + 1;
    }

    /// <summary>Makes the digest of all keys. None can be taken any more.</summary>
    /// <returns>Hexadecimal digits.</returns>
    public string Digest()
    {
        _hash.TransformFinalBlock([], 0, 0);
        return string.Concat(_hash.Hash!.Take(_bytes.Length).Select(part => part.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <inheritdoc />
    public void Dispose() => _hash.Dispose();
}

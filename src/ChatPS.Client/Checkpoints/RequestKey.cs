using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ChatPS.Client.Checkpoints;

/// <summary>What tells requests apart: the first half of the SHA-256 of all that is asked. Kept for every request, so it is small.</summary>
/// <param name="High">The first 64 bits.</param>
/// <param name="Low">The next 64 bits.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RequestKey(ulong High, ulong Low)
{
    private const int Digits = 16;

    /// <summary>The key of a request. Members of JSON objects may come in any order: a hashtable's changes from process to process.</summary>
    /// <param name="command">Who asks: two of them may send the same JSON to different addresses.</param>
    /// <param name="request">The request's wire JSON.</param>
    /// <returns>The key.</returns>
    public static RequestKey Of(string command, byte[] request)
    {
        byte[] content = [.. Encoding.UTF8.GetBytes(command), (byte)'\n', .. CanonicalJson.Write(request)];
#if NET8_0_OR_GREATER
        byte[] hash = SHA256.HashData(content);
#else
        // SHA256.Create() fails there on machines in FIPS mode.
        using SHA256CryptoServiceProvider sha256 = new();
        byte[] hash = sha256.ComputeHash(content);
#endif
        return new RequestKey(BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt64BigEndian(hash.AsSpan(sizeof(ulong))));
    }

    public static bool TryParse(ReadOnlySpan<byte> text, out RequestKey key)
    {
        if (text.Length == 2 * Digits
            && Utf8Parser.TryParse(text.Slice(0, Digits), out ulong high, out int highDigits, 'x') && highDigits == Digits
            && Utf8Parser.TryParse(text.Slice(Digits), out ulong low, out int lowDigits, 'x') && lowDigits == Digits)
        {
            key = new RequestKey(high, low);
            return true;
        }

        key = default;
        return false;
    }

    public override string ToString() => FormattableString.Invariant($"{High:x16}{Low:x16}");
}

using System.Text;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Client.Similarity;

/// <summary>What lies beside a vector: the text, and what was kept of where it comes from.</summary>
/// <param name="Text">The text.</param>
/// <param name="Properties">What was kept, as plain values; null for nothing.</param>
public sealed record VectorRecord(string Text, IReadOnlyDictionary<string, object?>? Properties)
{
    private const string TextMember = "text";
    private const string PropertiesMember = "properties";

    /// <summary>Writes it as JSON.</summary>
    /// <returns>The UTF-8 bytes.</returns>
    /// <exception cref="ChatServiceException">It is too large, or something in it has no JSON form.</exception>
    internal byte[] Write()
    {
        Dictionary<string, object?> members = new(StringComparer.Ordinal) { [TextMember] = Text };
        if (Properties is not null)
        {
            members[PropertiesMember] = Properties;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(PlainJson.Write(members, "-Property"));
        return bytes.Length <= BlockLayout.LargestRecord ? bytes : throw Failures.Invalid(
            FormattableString.Invariant($"The text and its properties have {bytes.Length} bytes; at most {BlockLayout.LargestRecord / (1024 * 1024)} MB are kept with a vector."),
            "Keep fewer properties, with -Property.");
    }

    /// <summary>Reads it.</summary>
    /// <param name="bytes">The UTF-8 bytes.</param>
    /// <returns>The record; null if they are none.</returns>
    internal static VectorRecord? Read(ReadOnlySpan<byte> bytes) =>
        PlainJsonReader.TryRead(Encoding.UTF8.GetString(bytes.ToArray()), out object? value, out _)
        && value is IReadOnlyDictionary<string, object?> members
        && members.TryGetValue(TextMember, out object? text) && text is string own
            ? new VectorRecord(own, members.TryGetValue(PropertiesMember, out object? properties) ? properties as IReadOnlyDictionary<string, object?> : null)
            : null;
}

using System.Collections;
using System.Management.Automation;
using ChatPS.Client.Faults;

namespace ChatPS.Conversion;

/// <summary>What a file keeps of the item that a text comes from.</summary>
internal static class KeptProperties
{
    // What a file kept is kept whole when it is written again.
    private const string KeptType = "ChatPS.Kept";

    private static readonly string[] OfPiece = [nameof(ChatTextPiece.Source), nameof(ChatTextPiece.Index), nameof(ChatTextPiece.Start), nameof(ChatTextPiece.Line), nameof(ChatTextPiece.Heading)];

    /// <summary>Chooses what is kept.</summary>
    /// <param name="item">The item.</param>
    /// <param name="names">The properties that the user named; null for what is usual.</param>
    /// <returns>Plain values; null for nothing.</returns>
    /// <exception cref="ChatServiceException">The item lacks a property, or one cannot be kept.</exception>
    public static IReadOnlyDictionary<string, object?>? Of(object? item, string[]? names)
    {
        object? bare = Bare.Of(item);
        return bare switch
        {
            _ when names is not null => Named(item, names, isRequired: true),
            null or string or ValueType => null,
            ChatTextPiece => Named(item, OfPiece, isRequired: true),
            PSObject gone when Deserialized.Is<ChatTextPiece>(gone) => Named(item, OfPiece, isRequired: false),
            PSObject kept when kept.TypeNames.Contains(KeptType) => PlainObject.From(kept, "-Property") as IReadOnlyDictionary<string, object?>,
            FileInfo => Named(item, [nameof(FileInfo.FullName)], isRequired: true),
            _ => Single(item),
        };
    }

    /// <summary>Makes an object of what was kept.</summary>
    /// <param name="value">A plain value.</param>
    /// <returns>A custom object for members, an array for a list, or the value.</returns>
    public static object? ToObject(object? value) => value switch
    {
        IReadOnlyDictionary<string, object?> members => Custom(members),
        List<object?> items => items.Select(ToObject).ToArray(),
        _ => value,
    };

    private static PSObject Custom(IReadOnlyDictionary<string, object?> members)
    {
        PSObject custom = new();
        custom.TypeNames.Insert(0, KeptType);
        foreach (KeyValuePair<string, object?> member in members)
        {
            custom.Properties.Add(new PSNoteProperty(member.Key, ToObject(member.Value)));
        }

        return custom;
    }

    private static Dictionary<string, object?> Named(object? item, string[] names, bool isRequired)
    {
        Dictionary<string, object?> kept = new(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (ItemMember.TryRead(item, name, out object? value))
            {
                kept[name] = PlainObject.From(value, "-Property");
            }
            else if (isRequired)
            {
                throw ItemMember.Missing("what the text was made from", item, name, "Name properties that all items have, or leave -Property out");
            }
        }

        return kept;
    }

    // Lists and objects within a row have no place beside a text.
    private static Dictionary<string, object?>? Single(object? item)
    {
        if (PlainObject.From(item, "-Property") is not IReadOnlyDictionary<string, object?> members)
        {
            return null;
        }

        Dictionary<string, object?> kept = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, object?> member in members)
        {
            if (member.Value is string or not IEnumerable)
            {
                kept[member.Key] = member.Value;
            }
        }

        return kept;
    }
}

using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using ChatPS.Client.Content;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Conversion;

/// <summary>What commands take for the text of an item: the item itself, or what <c>-Property</c> chooses of it.</summary>
internal sealed class ItemText
{
    private readonly string? _name;
    private readonly ScriptBlock? _script;

    private ItemText(string? name, ScriptBlock? script)
    {
        _name = name;
        _script = script;
    }

    /// <summary>Gets whether a part of the item is chosen.</summary>
    public bool IsProperty => _name is not null || _script is not null;

    /// <summary>Reads what was given to <c>-Property</c>.</summary>
    /// <param name="property">The name of a property, a script block, or null for the item itself.</param>
    /// <returns>What is taken of each item.</returns>
    /// <exception cref="ChatServiceException">It is something else.</exception>
    public static ItemText By(object? property) => (property is PSObject wrapped ? wrapped.BaseObject : property) switch
    {
        null => new ItemText(null, null),
        string { Length: > 0 } name => new ItemText(name, null),
        ScriptBlock script => new ItemText(null, script),
        var other => throw Failures.Invalid(
            $"-Property is '{PlainObject.Text(other)}', neither the name of a property nor a script block.", "Name one property, or write for example -Property { \"$($_.Title): $($_.Body)\" }."),
    };

    /// <summary>Takes the value out of an item.</summary>
    /// <param name="item">The item.</param>
    /// <returns>The value, out of its wrapping; never null where a part is chosen.</returns>
    /// <exception cref="ChatServiceException">The item has no such part, or it is null.</exception>
    public object? Choose(object? item)
    {
        object? value = item;
        if (_script is not null)
        {
            value = Run(_script, item);
        }
        else if (_name is not null && !PlainObject.IsNull(item) && !ItemMember.TryRead(item, _name, out value))
        {
            throw ItemMember.Missing("the item", item, _name, "Name one that all items have");
        }

        if (PlainObject.IsNull(value))
        {
            return !IsProperty ? null : throw Failures.Invalid(
                PlainObject.IsNull(item) ? "-Property: the item is null." : _script is null ? $"-Property: '{_name}' of the item is null." : "-Property: the script block gave nothing for the item.", "Leave the item out, for example with Where-Object.");
        }

        return Bare.Of(value);
    }

    /// <summary>Reads the text of an item; of a file of text what is in it.</summary>
    /// <param name="item">The item.</param>
    /// <returns>The text, which is not empty.</returns>
    /// <exception cref="ChatServiceException">The item has no such part, or it is no text.</exception>
    public string Read(object? item) => Whole(Choose(item));

    /// <summary>Reads the text of what was chosen of an item; of a file of text what is in it.</summary>
    /// <param name="value">The value, out of its wrapping.</param>
    /// <returns>The text, which is not empty.</returns>
    /// <exception cref="ChatServiceException">It is no text.</exception>
    public string Whole(object? value) => Require(value is FileInfo file ? MediaFile.Text(file.FullName, "-InputObject") : value);

    /// <summary>Writes what was chosen as text.</summary>
    /// <param name="value">The value, out of its wrapping.</param>
    /// <returns>The text, which is not empty.</returns>
    /// <exception cref="ChatServiceException">It is no text, or there is none in it.</exception>
    public string Require(object? value)
    {
        string text = value switch
        {
            ChatAnswer or null or string or char => PlainObject.Text(value),
            _ when value.GetType().IsPrimitive => PlainObject.Text(value),
            _ when !IsProperty && OwnText.Of(value) is { } own => own,
            _ when IsProperty => Written(value),
            _ => throw Failures.Invalid($"An object of type {(value is PSObject ? nameof(PSCustomObject) : value.GetType().Name)} is neither text nor a file.", "Name what is meant of it with -Property."),
        };
        return !string.IsNullOrWhiteSpace(text) ? text
            : IsProperty ? throw Failures.Invalid(_name is null ? "-Property: the script block gave an empty text for the item." : $"-Property: '{_name}' of the item is empty.", "Leave the item out, for example with Where-Object.")
            : throw Failures.Invalid("The input is empty.", "Give text.");
    }

    private static string Written(object value) => PlainObject.From(value, "-Property") switch
    {
        List<object?> lines when lines.TrueForAll(line => line is string) => string.Join("\n", lines),
        string text => text,
        IEnumerable structure and not byte[] => PlainJson.Write(structure, "-Property"),
        var single => PlainObject.Text(single),
    };

    private static object? Run(ScriptBlock script, object? item)
    {
        try
        {
            Collection<PSObject> output = script.InvokeWithContext(null, [new PSVariable("_", item)]);
            return output.Count switch
            {
                0 => null,
                1 => output[0],
                _ => output.ToArray(),
            };
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            throw Failures.Invalid($"-Property: the script block failed for the item: {exception.Message}", "Correct the script block, or leave the item out.", exception);
        }
    }
}

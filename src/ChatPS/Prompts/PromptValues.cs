using System.Collections;
using System.Management.Automation;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;
using ChatPS.Conversion;

namespace ChatPS.Prompts;

/// <summary>Finds the values for a prompt's placeholders: first among the variables, then in what was piped.</summary>
/// <param name="variables">The variables; null for none.</param>
/// <param name="items">What was piped; several items where they make one prompt; null for nothing.</param>
internal sealed class PromptValues(IDictionary? variables, IReadOnlyList<object?>? items)
{
    private static readonly string[] ItemNames = [".", "input"];

    /// <summary>Gets whether a value was taken from what was piped.</summary>
    public bool UsesItem { get; private set; }

    /// <summary>Finds a value.</summary>
    /// <param name="name">A name, or names joined by points.</param>
    /// <returns>Its text, objects as JSON; null if there is none.</returns>
    /// <exception cref="ChatServiceException">The value cannot be part of a prompt; it says why.</exception>
    public string? Find(string name)
    {
        if (variables is not null && TryFollow(variables, name, out object? variable))
        {
            return Text(variable);
        }

        if (items is null)
        {
            return null;
        }

        if (Array.Exists(ItemNames, item => string.Equals(item, name, StringComparison.OrdinalIgnoreCase)))
        {
            UsesItem = true;
            return ItemText(items);
        }

        if (items.Count == 1 && TryFollow(items[0], name, out object? value))
        {
            UsesItem = true;
            return Text(value);
        }

        return null;
    }

    private static string ItemText(IReadOnlyList<object?> items)
    {
        PipelineInput[] inputs = [.. items.Select(item => PipelineInput.From(item, wantsData: true))];
        if (Array.Exists(inputs, input => (input.Text ?? input.TextFile ?? input.Data) is null))
        {
            throw Failures.Invalid("{{input}} takes text and data, but something else was piped in.", "Leave {{input}} out: images, PDFs, models and answers go along by themselves.");
        }

        string[] data = [.. inputs.Select(input => input.Data).OfType<string>()];
        IEnumerable<string> texts = inputs.Select(input => input.Text ?? input.TextFile).OfType<string>();
        return items.Count == 1 ? texts.Concat(data).Single() : string.Join("\n\n", texts.Concat(data.Length > 0 ? [$"[{string.Join(",", data)}]"] : Array.Empty<string>()));
    }

    private static bool TryFollow(object? source, string path, out object? value)
    {
        if (ItemMember.TryRead(source, path, out value))
        {
            return true;
        }

        object? at = source;
        string[] names = path.Split('.');
        foreach (string name in names)
        {
            if (!ItemMember.TryRead(at, name.Trim(), out at))
            {
                return false;
            }
        }

        value = at;
        return names.Length > 1;
    }

    // A prompt is no JSON: any number has a place in it.
    private static string Text(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) is double or float ? PlainObject.Text(value) : PlainObject.From(value, "-Variable") switch
    {
        null => "",
        string text => text,
        IEnumerable structure => PlainJson.Write(structure, "-Variable"),
        var single => PlainObject.Text(single),
    };
}

using System.Collections;
using System.Management.Automation;
using ChatPS.Client.Chat;
using ChatPS.Conversion;

namespace ChatPS.Typed;

/// <summary>Makes of a completion the objects that were asked for. Classes of PowerShell are built on the pipeline thread only.</summary>
/// <param name="schema">What was asked for.</param>
/// <param name="format">The same, for the engine.</param>
/// <param name="keepCompletion">Whether the completion leaves, with the object in it.</param>
/// <param name="merge">Whether the input leaves, with the answer's properties added.</param>
internal sealed class TypedOutput(AnswerSchema schema, OutputFormat format, bool keepCompletion, bool merge)
{
    /// <summary>The member set of each object that holds the completion. Export-Csv, ConvertTo-Json and the views pass it over.</summary>
    public const string MemberSet = "ChatPS";

    public OutputFormat Format => format;

    /// <summary>Makes the objects.</summary>
    /// <param name="completion">The completion, whose answer fits the schema.</param>
    /// <returns>The objects, in their order.</returns>
    /// <exception cref="ChatServiceException">The answer fits the schema, but the type does not take it.</exception>
    public IEnumerable<object> Make(ChatCompletion completion)
    {
        if (completion.Message is { ToolCalls.Count: > 0 })
        {
            return [completion];
        }

        object? value = schema.Convert(format.Read(completion.Text).Value);
        if (keepCompletion)
        {
            completion.Value = value;
            return [completion];
        }

        IEnumerable<object?> values = schema.IsList && value is IEnumerable list ? list.Cast<object?>() : [value];
        return values.OfType<object>().Select(one => WithCompletion(merge ? Merge(completion.Input, one) : one, completion));
    }

    private static PSObject WithCompletion(object value, ChatCompletion completion)
    {
        PSObject result = PSObject.AsPSObject(value);
        if (result.Members[MemberSet] is null)
        {
            result.Members.Add(new PSMemberSet(MemberSet, [new PSNoteProperty("Completion", completion)]));
        }

        return result;
    }

    // The input stays as it is: a second run must find the same. The answer's value wins where both have a property of a name.
    private static PSObject Merge(object? input, object answer)
    {
        PSObject merged = new();
        foreach (KeyValuePair<string, object?> property in Properties(input, "Input").Concat(Properties(answer, "Value")))
        {
            if (merged.Properties[property.Key] is { } known)
            {
                known.Value = property.Value;
            }
            else
            {
                merged.Properties.Add(new PSNoteProperty(property.Key, property.Value));
            }
        }

        return merged;
    }

    private static IEnumerable<KeyValuePair<string, object?>> Properties(object? value, string name)
    {
        object? bare = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        return bare switch
        {
            null or string or ValueType => [new KeyValuePair<string, object?>(name, bare)],
            IDictionary dictionary => PlainObject.Entries(dictionary).Select(entry => new KeyValuePair<string, object?>(PlainObject.Text(entry.Key), entry.Value)),
            _ => PSObject.AsPSObject(value!).Properties.Where(property => property.IsGettable).Select(property => new KeyValuePair<string, object?>(property.Name, property.Value)),
        };
    }
}

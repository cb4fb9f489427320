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
/// <param name="namesModel">Whether each object tells the model that was asked for, since there are several.</param>
internal sealed class TypedOutput(AnswerSchema schema, OutputFormat format, bool keepCompletion, bool merge, bool namesModel)
{
    /// <summary>The member set of each object that holds the completion. Export-Csv, ConvertTo-Json and the views pass it over.</summary>
    public const string MemberSet = "ChatPS";

    public OutputFormat Format => format;

    /// <summary>Reads what another process asked for.</summary>
    /// <param name="kept">What <see cref="ToPlain"/> has made.</param>
    /// <param name="type">The type of the answers, if it is given again.</param>
    /// <returns>The output.</returns>
    /// <exception cref="ChatServiceException">The type of the answers is not known here.</exception>
    public static TypedOutput OfPlain(IReadOnlyDictionary<string, object?> kept, Type? type)
    {
        AnswerSchema schema = AnswerSchema.OfPlain((IReadOnlyDictionary<string, object?>)kept[nameof(schema)]!, type);
        return new TypedOutput(schema, new OutputFormat(schema.Name, schema.Schema), kept[nameof(keepCompletion)] is true, kept[nameof(merge)] is true, kept[nameof(namesModel)] is true);
    }

    /// <summary>Gets whether the answers become columns of the items.</summary>
    public bool Merges => merge;

    /// <summary>Tells what another process needs to make the objects.</summary>
    /// <returns>Plain values.</returns>
    public Dictionary<string, object?> ToPlain() => new(StringComparer.Ordinal)
    {
        [nameof(schema)] = schema.ToPlain(),
        [nameof(keepCompletion)] = keepCompletion,
        [nameof(merge)] = merge,
        [nameof(namesModel)] = namesModel,
    };

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

        object? value = schema.Convert(format.Read(completion).Value);
        if (keepCompletion)
        {
            completion.Value = value;
            return [completion];
        }

        IEnumerable<object?> values = schema.IsList && value is IEnumerable list ? list.Cast<object?>() : [value];
        return values.OfType<object>().Select(one => WithCompletion(merge ? Merge(completion.Input, one) : one, completion));
    }

    private PSObject WithCompletion(object value, ChatCompletion completion)
    {
        PSObject result = PSObject.AsPSObject(value);
        if (namesModel && result.Properties[nameof(ChatAnswer.RequestedModel)] is null)
        {
            result.Properties.Add(new PSNoteProperty(nameof(ChatAnswer.RequestedModel), completion.RequestedModel));
        }

        if (result.Members[MemberSet] is null)
        {
            result.Members.Add(new PSMemberSet(MemberSet, [new PSNoteProperty("Completion", completion)]));
        }

        return result;
    }

    private static PSObject Merge(object? input, object answer)
    {
        PSObject merged = MergedRow.Of(input);
        MergedRow.Add(merged, answer, "Value");
        return merged;
    }
}

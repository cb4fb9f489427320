using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Decisions;

/// <summary>Reads objects of decisions: a member that is not known is refused.</summary>
internal static class DecisionFields
{
    /// <summary>Checks that all members of an object are known.</summary>
    public static Fields Known(this Fields fields, params string[] known)
    {
        foreach (JsonProperty member in fields.Root.EnumerateObject())
        {
            if (!known.Contains(member.Name, StringComparer.Ordinal))
            {
                throw new ApiException(ApiError.Invalid($"Unknown parameter: '{fields.Name(member.Name)}'.", fields.Name(member.Name), "unknown_parameter"));
            }
        }

        return fields;
    }

    /// <summary>An item of a list as an object.</summary>
    public static Fields AsObject(this JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object ? new Fields(item, name + ".") : throw new ApiException(ApiError.WrongType(name, "an object", item));

    /// <summary>A list of so many items.</summary>
    public static JsonElement List(this Fields fields, string member, int least, int most)
    {
        fields.Required(member);
        JsonElement list = fields.Array(member)!.Value;
        return list.GetArrayLength() >= least && list.GetArrayLength() <= most ? list : throw new ApiException(ApiError.Invalid(
            $"Invalid '{fields.Name(member)}': expected {least} to {most} items, but got {list.GetArrayLength()} instead.", fields.Name(member), "invalid_array_length"));
    }
}

using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.Gemini;

/// <summary>Reads objects as strictly as Google does: a member that it does not know is refused.</summary>
internal static class GeminiFields
{
    /// <summary>An object, all of whose members are known.</summary>
    /// <param name="value">The object.</param>
    /// <param name="name">Its name, for the error.</param>
    /// <param name="known">The members that there are.</param>
    /// <returns>Its members.</returns>
    public static Fields Of(JsonElement value, string name, params string[] known)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw new ApiException(ApiError.Invalid($"Invalid value at '{name}': expected an object."));
        }

        foreach (JsonProperty member in value.EnumerateObject())
        {
            if (!known.Contains(member.Name, StringComparer.Ordinal))
            {
                string where = name.Length == 0 ? "" : $" at '{name}'";
                throw new ApiException(ApiError.Invalid($"Invalid JSON payload received. Unknown name \"{member.Name}\"{where}: Cannot find field."));
            }
        }

        return new Fields(value, name.Length == 0 ? "" : name + ".");
    }
}

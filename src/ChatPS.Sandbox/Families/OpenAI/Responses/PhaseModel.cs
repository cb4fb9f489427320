using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;

namespace ChatPS.Sandbox.Families.OpenAI.Responses;

/// <summary>
/// A model that thinks, says on its way what it does, and marks each of its messages with a phase. It wants all of that back:
/// reasoning as the service does, phases more strictly, since the service only answers worse without them.
/// </summary>
internal static class PhaseModel
{
    public const string Name = "sandbox-phases";

    public const string Remark = "Let me look at that first.";

    /// <summary>Refuses input that lacks something.</summary>
    /// <param name="items">The items.</param>
    /// <param name="isStored">Whether the service keeps what it answers.</param>
    public static void Require(IReadOnlyList<JsonElement> items, bool isStored)
    {
        bool hasThought = false;
        foreach (JsonElement item in items)
        {
            switch (item.TextOf("type"))
            {
                case "message" when item.TextOf("role") == "assistant":
                    _ = item.TextOf("phase") ?? throw Refused($"The assistant message '{item.TextOf("id")}' has no 'phase'. Send back the phase of every assistant message.");
                    break;
                case "message":
                    hasThought = false;
                    break;
                case "reasoning" when !isStored && item.TextOf("encrypted_content") is null:
                    throw Refused($"Item with id '{item.TextOf("id")}' not found. Items are not persisted when `store` is set to false. Try again with `store` set to true, or remove this item from your input.");
                case "reasoning":
                    hasThought = true;
                    break;
                case "function_call" when !hasThought:
                    throw Refused($"Item '{item.TextOf("id")}' of type 'function_call' was provided without its required 'reasoning' item.");
            }
        }
    }

    private static ApiException Refused(string message) => new(ApiError.Invalid(message, "input"));
}

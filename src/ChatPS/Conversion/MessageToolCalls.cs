using System.Globalization;
using ChatPS.Client.Faults;

namespace ChatPS.Conversion;

/// <summary>Reads the calls of tools in a message, in the service's form or in that of <see cref="ChatToolCall"/>. Arguments may be hashtables.</summary>
internal static class MessageToolCalls
{
    private const string Form = "Write @{ id = '…'; type = 'function'; function = @{ name = '…'; arguments = @{ … } } }.";

    /// <summary>Reads the calls.</summary>
    /// <param name="message">The message.</param>
    /// <param name="where">Where it stands, for the error.</param>
    /// <param name="extras">The extra content of each call, such as the signature of a thought; null for none.</param>
    /// <returns>The calls in their order.</returns>
    /// <exception cref="ChatServiceException">Something in them has no place.</exception>
    public static List<ChatToolCall> Read(Members message, string where, out List<object?> extras)
    {
        extras = [];
        List<ChatToolCall> calls = [];
        object? value = message.Take("tool_calls");
        foreach (object? item in value as List<object?> ?? [value])
        {
            string place = string.Format(CultureInfo.InvariantCulture, "{0}.tool_calls[{1}]", where, calls.Count);
            switch (item)
            {
                case null: break;
                case IReadOnlyDictionary<string, object?> call:
                    Members members = new(call, place);
                    extras.Add(members.Take("extra_content"));
                    calls.Add(Call(members, place));
                    break;
                default: throw Failures.Invalid($"{place} is '{Members.Text(item, place)}', which is no call of a tool.", Form);
            }
        }

        if (message.TakeMembers("function_call") is { } old)
        {
            calls.Add(Target(old, "function_call", where + ".function_call"));
        }

        return calls;
    }

    private static ChatToolCall Call(Members members, string where)
    {
        string? id = members.TakeText("id");
        string type = members.TakeText("type") ?? "function";

        // Calls in pieces are counted; here their order says it.
        _ = members.Take("index");
        ChatToolCall call;
        if (members.TakeMembers(type) is { } inner)
        {
            call = Target(inner, type, where);
            members.RefuseRest("a call of a tool", Form);
        }
        else
        {
            // Our own form, which also tells what became of it.
            string? output = members.TakeText("output");
            bool isError = members.Take("is_error") is true;
            bool refused = members.Take("refused") is true;
            _ = members.Take("elapsed");
            call = Target(members, type, where);
            call.Output = output;
            call.IsError = isError;
            call.Refused = refused;
        }

        call.Id = id;
        return call;
    }

    private static ChatToolCall Target(Members members, string type, string where)
    {
        string? name = members.TakeText("name");
        ChatToolCall call = new() { Type = type, Name = name ?? "", Arguments = members.TakeText("arguments") ?? members.TakeText("input") ?? "" };
        members.RefuseRest("a call of a tool", Form);
        return string.IsNullOrEmpty(name) ? throw Failures.Invalid($"{where}: the call has no name.", Form) : call;
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Damage;

/// <summary>Something done to a proper answer: to which event, where in it, what, and with what.</summary>
internal sealed record Harm(int Event, int Place, HarmKind Kind, int Choice)
{
    // JSON that no node can hold stands for itself until the text is written.
    private const char Mark = '\uE000';

    private static readonly string[] Values =
    [
        "null", "0", "1", "-1", "0.5", "4294967295", "99999999999999999999", "1e999", "true", "false", "\"\"", "\" \"", "\"x\"", "\"7\"", "\"\\ud800\"", "\"\\u0000\"",
        "[]", "[null]", "[[]]", "[0]", "[\"x\"]", "[{}]", "[null,{\"x\":1}]", "{}", "{\"x\":null}", "{\"code\":0,\"message\":\"\"}", "{\"\\ud800\":1}",
        new string('[', 20) + new string(']', 20), new string('[', 80) + new string(']', 80),
    ];

    public static readonly Gen<Harm[]> Any =
        from count in Gen.Frequency((4, Gen.Constant(1)), (2, Gen.Constant(2)), (1, Gen.Choose(3, 6)))
        from harms in Gen.ListOf(
            from place in Gen.Choose(0, 9_999)
            from part in Gen.Choose(0, 9_999)
            from kind in Gen.Elements(Enum.GetValues<HarmKind>())
            from choice in Gen.Choose(0, Values.Length - 1)
            select new Harm(part, place, kind, choice), count)
        select harms.ToArray();

    /// <summary>Does all of it to an answer.</summary>
    public static string[] Do(Harm[] harms, string[] events)
    {
        JsonNode[] nodes = [.. events.Select(text => JsonNode.Parse(text)!)];
        foreach (Harm harm in harms)
        {
            int part = harm.Event % nodes.Length;
            harm.Do(nodes[part]);
        }

        return [.. nodes.Select(Write)];
    }

    private void Do(JsonNode root)
    {
        List<(JsonNode Parent, object Key)> places = [];
        Find(root, places);
        if (places.Count == 0)
        {
            return;
        }

        (JsonNode parent, object key) = places[Place % places.Count];
        JsonNode? value = key is string name ? parent[name] : parent[(int)key];
        switch (Kind)
        {
            case HarmKind.Remove when parent is JsonObject members:
                members.Remove((string)key);
                break;
            case HarmKind.Remove:
                ((JsonArray)parent).RemoveAt((int)key);
                break;
            case HarmKind.Null:
                Set(parent, key, null);
                break;
            case HarmKind.Retype:
                Set(parent, key, JsonValue.Create(Mark + Choice.ToString(CultureInfo.InvariantCulture) + Mark));
                break;
            case HarmKind.WrapInList:
                Set(parent, key, new JsonArray(value?.DeepClone()));
                break;
            case HarmKind.WrapInObject:
                Set(parent, key, new JsonObject { [Choice % 2 == 0 ? "x" : key as string ?? "y"] = value?.DeepClone() });
                break;
            case HarmKind.Duplicate when parent is JsonObject members:
                members[(string)key + Mark] = JsonValue.Create(Mark + Choice.ToString(CultureInfo.InvariantCulture) + Mark);
                break;
            case HarmKind.Duplicate:
                ((JsonArray)parent).Insert((int)key, value?.DeepClone());
                break;
            case HarmKind.NullItem when value is JsonArray items:
                items.Insert(Choice % (items.Count + 1), null);
                break;
            case HarmKind.AsText:
                Set(parent, key, JsonValue.Create(value?.ToJsonString() ?? "null"));
                break;
        }
    }

    private static void Set(JsonNode parent, object key, JsonNode? value)
    {
        if (key is string name)
        {
            parent[name] = value;
        }
        else
        {
            parent[(int)key] = value;
        }
    }

    private static void Find(JsonNode node, List<(JsonNode Parent, object Key)> places)
    {
        IEnumerable<(object Key, JsonNode? Value)> children = node switch
        {
            JsonObject members => members.Select(member => ((object)member.Key, member.Value)),
            JsonArray items => items.Select((item, place) => ((object)place, item)),
            _ => [],
        };
        foreach ((object key, JsonNode? value) in children)
        {
            places.Add((node, key));
            if (value is not null)
            {
                Find(value, places);
            }
        }
    }

    private static string Write(JsonNode node)
    {
        StringBuilder text = new(node.ToJsonString());
        string mark = "\\u" + ((int)Mark).ToString("X4", CultureInfo.InvariantCulture);
        for (int choice = 0; choice < Values.Length; choice++)
        {
            text.Replace($"\"{mark}{choice.ToString(CultureInfo.InvariantCulture)}{mark}\"", Values[choice]);
        }

        return text.Replace(mark, "").ToString();
    }
}

internal enum HarmKind
{
    Remove,
    Null,
    Retype,
    WrapInList,
    WrapInObject,
    Duplicate,
    NullItem,
    AsText,
}

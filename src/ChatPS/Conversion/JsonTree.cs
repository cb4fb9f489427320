using System.Reflection;
using ChatPS.Client.Json;

namespace ChatPS.Conversion;

/// <summary>
/// Values of the libraries that read JSON, such as <c>JsonElement</c>, <c>JsonObject</c> and <c>JObject</c>. They are known by name: the
/// session may have loaded another version of the library than the engine, or none.
/// </summary>
internal static class JsonTree
{
    private const string Newtonsoft = "Newtonsoft.Json.Linq";

    /// <summary>Whether a value is of such a library.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Whether it is.</returns>
    public static bool Is(object value) => value.GetType().Namespace is "System.Text.Json" or "System.Text.Json.Nodes" or Newtonsoft;

    /// <summary>Reads it as plain dictionaries, lists and values.</summary>
    /// <param name="value">The value.</param>
    /// <param name="plain">What it holds.</param>
    /// <returns>Whether it holds JSON.</returns>
    public static bool TryRead(object value, out object? plain)
    {
        plain = null;
        try
        {
            return Json(value) is not { } json || PlainJsonReader.TryRead(json, out plain, out _);
        }
        catch (TargetInvocationException)
        {
            // A disposed document, or a number that JSON has not.
            return false;
        }
    }

    // Null for nothing at all.
    private static string? Json(object value)
    {
        Type type = value.GetType();
        if (type.Namespace == Newtonsoft)
        {
            return ByNewtonsoft(value, type);
        }

        if (type.GetProperty("RootElement")?.GetValue(value, null) is { } root)
        {
            return Json(root);
        }

        if (type.GetMethod("GetRawText", Type.EmptyTypes) is { } raw)
        {
            return type.GetProperty("ValueKind")?.GetValue(value, null)?.ToString() == "Undefined" ? null : (string?)raw.Invoke(value, null);
        }

        return (string?)type.GetMethod("ToJsonString")?.Invoke(value, [null]) ?? "";
    }

    // ToString() would give a string without its quotes.
    private static string? ByNewtonsoft(object value, Type type)
    {
        MethodInfo? write = Array.Find(type.GetMethods(), method => method.Name == "ToString" && method.GetParameters() is [{ ParameterType.IsEnum: true }, _]);
        string? text = (string?)write?.Invoke(value, [Enum.ToObject(write.GetParameters()[0].ParameterType, 0), null]);
        return type.Name == "JProperty" ? $"{{{text}}}" : text ?? "";
    }
}

using System.Text.Json;

namespace Refit;

/// <summary>Writes names in camel case.</summary>
internal class CamelCaseUrlParameterKeyFormatter : IUrlParameterKeyFormatter
{
    /// <inheritdoc />
    public string Format(string key) => JsonNamingPolicy.CamelCase.ConvertName(key);
}

using System.Text.Json.Serialization;
using Refit;

namespace Refit.Behaviour;

internal sealed class FormQuery
{
    [AliasAs("first_name")]
    public string? Name { get; set; }

    [JsonPropertyName("the_age")]
    public int Age { get; set; }

    [Query("-", "x")]
    public string? Plain { get; set; }

    [Query(CollectionFormat.Multi)]
    public int[]? Many { get; set; }

    [Query(CollectionFormat.Csv)]
    public string[]? Joined { get; set; }

    [Query(Format = "yyyy")]
    public DateTime? Born { get; set; }
}

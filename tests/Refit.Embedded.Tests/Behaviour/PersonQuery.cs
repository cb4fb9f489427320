using Refit;

namespace Refit.Behaviour;

internal sealed class PersonQuery
{
    public string? Name { get; set; }

    [AliasAs("years")]
    public int? Age { get; set; }

    [Query(CollectionFormat.Multi)]
    public List<string>? Tags { get; set; }

    [Query(Format = "yyyy")]
    public DateTime? Born { get; set; }

    public PlaceQuery? Place { get; set; }

    internal string Hidden => "hidden";
}

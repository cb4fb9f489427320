namespace Refit.Behaviour;

internal sealed record PlaceQuery(string City);

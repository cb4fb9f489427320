using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Resources;

namespace ChatPS.Client.Tests.Resources;

/// <summary>A kind of resource as the conformance suite tries it.</summary>
/// <typeparam name="T">What users see of it.</typeparam>
/// <param name="Kind">The kind.</param>
/// <param name="Schema">The official schema of one.</param>
/// <param name="Make">Makes one on a connection; gives its place.</param>
/// <param name="PlaceOf">Where an object says that it is.</param>
internal sealed record ResourceCase<T>(ResourceKind<T> Kind, string Schema, Func<ResourceService, Task<ResourcePlace>> Make, Func<T, ResourcePlace> PlaceOf) : IResourceCase
    where T : class
{
    /// <summary>Gets what changes one: the fields, and what the object says then.</summary>
    public (Dictionary<string, object?> Fields, Func<T, bool> IsChanged, string Schema)? Change { get; init; }

    public string Name => Kind.Name;

    public async Task LooksAsync(ResourceService service)
    {
        ResourcePlace place = await Make(service);

        T seen = await service.GetAsync(Kind, place, CallSettings.None, CancellationToken.None);

        Assert.Equal(place, PlaceOf(seen));
        Assert.Equal("Test", (string?)typeof(T).GetProperty("Connection")!.GetValue(seen));
        Assert.Empty(ChatPS.Tests.OpenApi.OpenApiDescription.Official.Validate(Schema, (string)typeof(T).GetProperty("Raw")!.GetValue(seen)!));
    }

    public async Task<bool> ListsAsync(ResourceService service)
    {
        if (Kind.List is null)
        {
            return false;
        }

        ResourcePlace first = await Make(service);
        ResourcePlace second = await Make(service);
        List<ResourcePlace> all = [];
        foreach (string parent in new[] { first.Parent, second.Parent }.Distinct())
        {
            await foreach (T item in service.ListAsync(Kind, new ResourceFilter { Parent = parent, Order = "asc" }, CallSettings.None, CancellationToken.None))
            {
                all.Add(PlaceOf(item));
            }
        }

        Assert.Contains(first, all);
        Assert.Contains(second, all);
        await foreach (T item in service.ListAsync(Kind, new ResourceFilter(1) { Parent = first.Parent }, CallSettings.None, CancellationToken.None))
        {
            Assert.Contains(PlaceOf(item), all);
        }

        return true;
    }

    public async Task<string?> ChangesAsync(ResourceService service)
    {
        if (Change is not var (fields, isChanged, schema))
        {
            return null;
        }

        ResourcePlace place = await Make(service);
        Assert.True(isChanged(await service.ChangeAsync(Kind, place, fields, CallSettings.None, CancellationToken.None)));
        Assert.True(isChanged(await service.GetAsync(Kind, place, CallSettings.None, CancellationToken.None)));
        return schema;
    }

    public async Task<bool> DeletesAsync(ResourceService service)
    {
        if (Kind.Delete is null)
        {
            return false;
        }

        ResourcePlace place = await Make(service);
        await service.DeleteAsync(Kind, place, CallSettings.None, CancellationToken.None);
        await IsUnknownAsync(service, place);
        return true;
    }

    public async Task IsUnknownAsync(ResourceService service, ResourcePlace? place = null)
    {
        ResourcePlace there = place ?? await Make(service) with { Id = "no-such-id" };
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => service.GetAsync(Kind, there, CallSettings.None, CancellationToken.None));

        Assert.Equal((404, true), (failure.StatusCode, failure.RecommendedAction.Contains(Kind.Name, StringComparison.Ordinal)));
    }

    public async Task RefusesPathsAsync(ResourceService service)
    {
        foreach (string id in new[] { "..", " ", "a\nb" })
        {
            await Assert.ThrowsAsync<ChatServiceException>(() => service.GetAsync(Kind, new ResourcePlace("p", id), CallSettings.None, CancellationToken.None));
        }
    }
}

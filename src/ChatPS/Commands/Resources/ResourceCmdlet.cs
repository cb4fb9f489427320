using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Resources;
using ChatPS.Conversion;
using ChatPS.Pipeline;

namespace ChatPS.Commands;

/// <summary>A command about something that a service keeps. Those that are uniform are generated from the descriptions in Resources.</summary>
public abstract class ResourceCmdlet : ServiceCmdlet
{
    private protected ResourceCmdlet()
    {
    }

    /// <summary>Looks at a resource, and emits it.</summary>
    /// <typeparam name="T">What users see.</typeparam>
    /// <param name="kind">The kind.</param>
    /// <param name="place">Which one.</param>
    /// <param name="connection">The connection that it was seen through; null for the usual one.</param>
    /// <param name="item">The pipeline item.</param>
    private protected void Look<T>(ResourceKind<T> kind, ResourcePlace place, string? connection, object item)
        where T : class => Attempt(item, () =>
        {
            ServiceConnection service = Connected(connection);
            ResourcePlace known = Known(kind, place);
            Run(item, async (output, token) => await service.Resources.GetAsync(kind, known, Call(output), token));
        });

    /// <summary>Lists resources.</summary>
    /// <typeparam name="T">What users see.</typeparam>
    /// <param name="kind">The kind.</param>
    /// <param name="filter">Which ones.</param>
    /// <param name="connection">The connection that what they lie in was seen through; null for the usual one.</param>
    /// <param name="item">The pipeline item.</param>
    private protected void List<T>(ResourceKind<T> kind, ResourceFilter filter, string? connection, object? item)
        where T : class => Attempt(item, () =>
        {
            ServiceConnection service = Connected(connection);
            Run(item, async (output, token) =>
            {
                await foreach (T resource in service.Resources.ListAsync(kind, filter, Call(output), token))
                {
                    await output.EmitAsync(resource, token);
                }

                return null;
            });
        });

    /// <summary>Says that services have no list of a kind.</summary>
    /// <typeparam name="T">What users see.</typeparam>
    /// <param name="kind">The kind.</param>
    private protected void NoList<T>(ResourceKind<T> kind)
        where T : class => Attempt(null, () => throw Failures.Invalid($"Services do not list {kind.Plural}.", $"Give the id of the {kind.Name}; it was told when it was made."));

    /// <summary>Makes a resource that stands by itself, and emits it.</summary>
    /// <typeparam name="T">What users see.</typeparam>
    /// <param name="kind">The kind.</param>
    /// <param name="fields">What it is made from.</param>
    /// <param name="item">The pipeline item.</param>
    private protected void Create<T>(ResourceKind<T> kind, ResourceFields fields, object? item)
        where T : class => Attempt(item, () =>
        {
            ServiceConnection service = Connected();
            fields.Check();
            if (ShouldProcess(item as string ?? $"a {kind.Name}", "Make"))
            {
                ResourcePlace place = new("", "") { Input = item };
                Run(item, async (output, token) => await service.Resources.CreateAsync(kind, place, fields.Values, Call(output), token));
            }
        });

    /// <summary>Changes a resource.</summary>
    /// <typeparam name="T">What users see.</typeparam>
    /// <param name="kind">The kind.</param>
    /// <param name="place">Which one.</param>
    /// <param name="connection">The connection that it was seen through; null for the usual one.</param>
    /// <param name="item">The pipeline item.</param>
    /// <param name="fields">What changes.</param>
    /// <param name="emits">Whether it is emitted as it is then.</param>
    private protected void Change<T>(ResourceKind<T> kind, ResourcePlace place, string? connection, object item, ResourceFields fields, bool emits)
        where T : class => Attempt(item, () =>
        {
            ServiceConnection service = Connected(connection);
            ResourcePlace known = Known(kind, place);
            fields.Check();
            if (fields.Values.Count == 0 && AdditionalBody is null)
            {
                throw Failures.Invalid($"Nothing was given that changes the {kind.Name} '{place.Id}'.", "Give what is to be changed; the help names the parameters.");
            }

            if (ShouldProcess(place.Id, $"Change the {kind.Name}"))
            {
                Run(item, async (output, token) => await service.Resources.ChangeAsync(kind, known, fields.Values, Call(output), token) is var changed && emits ? changed : null);
            }
        });

    /// <summary>Deletes a resource.</summary>
    /// <typeparam name="T">What users see.</typeparam>
    /// <param name="kind">The kind.</param>
    /// <param name="place">Which one.</param>
    /// <param name="connection">The connection that it was seen through; null for the usual one.</param>
    /// <param name="item">The pipeline item.</param>
    private protected void Delete<T>(ResourceKind<T> kind, ResourcePlace place, string? connection, object item)
        where T : class => Attempt(item, () =>
        {
            ServiceConnection service = Connected(connection);
            ResourcePlace known = Known(kind, place);
            if (ShouldProcess(place.Id, $"Delete the {kind.Name}"))
            {
                Run(item, async (output, token) =>
                {
                    await service.Resources.DeleteAsync(kind, known, Call(output), token);
                    return null;
                });
            }
        });

    // An id that is empty would stand for all there are.
    private static ResourcePlace Known<T>(ResourceKind<T> kind, ResourcePlace place)
        where T : class => string.IsNullOrWhiteSpace(place.Id)
        ? throw Failures.Invalid($"The {kind.Name} has no id.", "Pipe in what a command of this service emitted, or give the id.")
        : place;
}

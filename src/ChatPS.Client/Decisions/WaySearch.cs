using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Decisions;

/// <summary>
/// Finds the way in which a service is asked, by what it refuses: the form is changed once, and so is the endpoint. Only a service
/// that has neither endpoint is asked as a chat model.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="form">The name of the form, if the user gave one: it stays then.</param>
/// <param name="settings">Who hears of it.</param>
internal sealed class WaySearch(ConnectionSettings connection, string? form, CallSettings settings)
{
    private bool _hasOtherForm = form is not null;
    private bool _hasOtherEndpoint;
    private ChatServiceException? _refusal;

    /// <summary>Gets the way to begin with.</summary>
    /// <exception cref="ChatServiceException">There is no form of that name.</exception>
    public DecisionWay First => new(form is null ? DecisionForms.First(connection) : DecisionForms.Find(form));

    /// <summary>Makes the call, in one way after the other.</summary>
    /// <typeparam name="T">What it gives.</typeparam>
    /// <param name="first">The way to begin with.</param>
    /// <param name="ask">Makes it.</param>
    /// <returns>The way that the service takes, and what the call gave.</returns>
    /// <exception cref="ChatServiceException">It takes none, or the call failed.</exception>
    public async Task<(DecisionWay Way, T Result)> FindAsync<T>(DecisionWay first, Func<DecisionWay, Task<T>> ask)
    {
        DecisionWay way = first;
        while (true)
        {
            try
            {
                return (way, await ask(way));
            }
            catch (ChatServiceException failure) when (way.Form is not null)
            {
                DecisionWay? next = Next(way, failure);
                if (next is null)
                {
                    // What the service says to a form that it does not know helps nobody.
                    throw _refusal is { } refusal && failure.StatusCode is 400 or 422 ? refusal : failure;
                }

                way = next;
            }
        }
    }

    /// <summary>Finds where to begin anew when a service refuses the way that it took before: it may have been changed.</summary>
    /// <param name="way">The way.</param>
    /// <param name="failure">What the service said.</param>
    /// <returns>The way to begin with; null where it is not about the way.</returns>
    public DecisionWay? Again(DecisionWay way, ChatServiceException failure) => way.Form is null ? null
        : IsWithoutEndpoint(failure) && way != First ? First
        : Next(way, failure);

    private DecisionWay? Next(DecisionWay way, ChatServiceException failure)
    {
        if (IsWithoutEndpoint(failure))
        {
            return Elsewhere(way, failure);
        }

        if (_hasOtherForm || failure.StatusCode is not (400 or 422) || FormHints.Wanted(failure, way) is not { } wanted)
        {
            return null;
        }

        _hasOtherForm = true;
        _refusal = failure;
        settings.Verbose?.Invoke($"{connection.BaseUri.Host} does not take the form {way.Form!.Name}: {failure.Message} Trying {wanted.Form?.Name ?? "the chat model"}.");
        return wanted;
    }

    private DecisionWay? Elsewhere(DecisionWay way, ChatServiceException failure)
    {
        DecisionWay? other = _hasOtherEndpoint ? null
            : way == new DecisionWay(DecisionForms.OpenAI) && form is null ? new DecisionWay(DecisionForms.SystemOne)
            : way.Form == DecisionForms.SystemOne && way.Endpoint is null ? new DecisionWay(form is null ? DecisionForms.OpenAI : DecisionForms.SystemOne, "decisions")
            : null;
        _hasOtherEndpoint = true;
        if (other is null && form is not null)
        {
            return null;
        }

        settings.Verbose?.Invoke($"{connection.BaseUri.Host} has no such endpoint: {failure.Message} Trying {other?.Form?.Name ?? "the chat model, which this connection stays with if it answers"}.");
        return other ?? DecisionWay.Chat;
    }

    private static bool IsWithoutEndpoint(ChatServiceException failure) =>
        failure.MissingEndpoint is not null || failure.StatusCode is 405 or 501 || (failure.StatusCode == 404 && failure.ErrorId == ErrorIds.InvalidRequest);
}

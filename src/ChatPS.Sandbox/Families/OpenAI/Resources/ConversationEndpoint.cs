using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Kept;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Resources;

/// <summary>Conversations and their items, the same that responses go on with.</summary>
internal sealed class ConversationEndpoint(FamilyOptions options)
{
    private const int MostItems = 20;

    private readonly KeptEndpoint _conversations = new(options.Conversations.All, "conversation", "conversation");
    private readonly KeptEndpoint _items = new(options.Conversations.Items, "item", "conversation.item");

    public IReadOnlyList<Route> Routes =>
    [
        Route.Post("/conversations", Create),
        Route.Get("/conversations/{id}", call => _conversations.Show(call["id"])),
        Route.Post("/conversations/{id}", Update),
        Route.Delete("/conversations/{id}", call => _conversations.Delete(call["id"])),
        Route.Get("/conversations/{id}/items", call => _items.List(call.Query, _conversations.Find(call["id"]).Id)),
        Route.Post("/conversations/{id}/items", AddItems),
        Route.Get("/conversations/{id}/items/{item}", call => _items.Show(call["item"], _conversations.Find(call["id"]).Id)),
        Route.Delete("/conversations/{id}/items/{item}", DeleteItem),
    ];

    private Answer Create(EndpointCall call)
    {
        string id = options.Conversations.All.NextId();
        object notes = KeptEndpoint.Notes(call.Body);
        JsonElement[] items = Items(call.Body);
        KeptThing conversation = options.Conversations.All.Keep(new KeptThing(id, "", Conversations.ToShape(id, call.Created, notes)));
        Array.ForEach(items, item => options.Conversations.Add(id, item));
        return Answer.OfJson(conversation.Shape);
    }

    private Answer Update(EndpointCall call)
    {
        call.Body.Required("metadata");
        return _conversations.Change(_conversations.Find(call["id"]), ("metadata", KeptEndpoint.Notes(call.Body)));
    }

    private Answer AddItems(EndpointCall call)
    {
        string id = _conversations.Find(call["id"]).Id;
        call.Body.Required("items");
        KeptThing[] added = Array.ConvertAll(Items(call.Body), item => options.Conversations.Add(id, item));
        return Answer.OfJson(Shape.Of(
            ("object", "list"), ("data", added.Select(static item => item.Shape).ToArray()), ("first_id", added.FirstOrDefault()?.Id ?? ""), ("last_id", added.LastOrDefault()?.Id ?? ""), ("has_more", false)));
    }

    // What is left of the conversation is the answer.
    private Answer DeleteItem(EndpointCall call)
    {
        KeptThing conversation = _conversations.Find(call["id"]);
        options.Conversations.Items.Remove(_items.Find(call["item"], conversation.Id).Id, conversation.Id);
        return Answer.OfJson(conversation.Shape);
    }

    private static JsonElement[] Items(Fields body)
    {
        JsonElement[] items = body.Array("items") is { } given ? [.. given.EnumerateArray()] : [];
        return items.Length <= MostItems
            ? items
            : throw new ApiException(ApiError.Invalid($"Invalid 'items': array too long. Expected an array with maximum length {MostItems}, but got an array with length {items.Length} instead.", "items", "array_above_max_length"));
    }
}

namespace Refit.Generator;

/// <summary>Writes one method.</summary>
internal sealed class MethodEmitter(MethodModel method, string infoField, StaticFields fields)
{
    private readonly string _request = Free("request", method);
    private readonly string _form = Free("form", method);

    /// <summary>Writes the field that describes the method.</summary>
    public void EmitField(SourceWriter writer) => writer.Line(
        $"private static readonly global::Refit.RestMethodInfo {infoField} = new({Code.Text(method.Name.TrimStart('@'))}, typeof({method.DeclaringType}), {Code.Text(method.Route)}, typeof({method.Return.RuntimeType}));");

    public void Emit(SourceWriter writer)
    {
        string parameters = string.Join(", ", method.Parameters.Select(parameter => $"{parameter.Type} {parameter.Name}"));
        writer.Line();
        writer.Open($"async {method.Return.Type} {method.DeclaringType}.{method.Name}({parameters})");
        writer.Line($"var {_request} = new global::Refit.RequestBuilder(_client, {infoField}, global::Refit.HttpVerbs.{method.Verb});");
        EmitUrl(writer);
        EmitBody(writer);
        EmitHeaders(writer);
        foreach (PropertyModel property in method.Properties)
        {
            Call(writer, "Property", Code.Text(property.Name), property.Expression);
        }

        writer.Line(GetSend());
        writer.Close();
    }

    private static string Free(string name, MethodModel method)
    {
        while (method.Parameters.Any(parameter => parameter.Name == name))
        {
            name += "_";
        }

        return name;
    }

    private void EmitUrl(SourceWriter writer)
    {
        if (method.UriFormat is not null)
        {
            writer.Line($"{_request}.UriFormat = global::System.UriFormat.{method.UriFormat};");
        }

        EmitParts(writer, method.Path);
        foreach (RouteQueryModel pair in method.RouteQuery)
        {
            Call(writer, "QueryPair", Code.Text(pair.Key));
            EmitParts(writer, pair.Value);
        }

        foreach (QueryModel query in method.Query)
        {
            EmitQuery(writer, query);
        }
    }

    private void EmitParts(SourceWriter writer, EquatableArray<UrlPart> parts)
    {
        foreach (UrlPart part in parts)
        {
            if (part.Value is null)
            {
                Call(writer, "Path", Code.Text(part.Literal));
            }
            else if (part.CatchAll)
            {
                Call(writer, "PathSegments", part.Value.Expression, fields.GetAttributes(part.Value.Query));
            }
            else
            {
                Call(writer, "PathValue", part.Value.Expression, fields.GetAttributes(part.Value.Query), $"typeof({part.Value.Type})");
            }
        }
    }

    private void EmitQuery(SourceWriter writer, QueryModel query)
    {
        string key = query.Key.Count == 0 ? "\"\"" : string.Join(" + ", query.Key.Select(RenderKey));
        string[] end = [fields.GetAttributes(query.Value.Query), $"typeof({query.Value.Type})"];
        switch (query.Kind)
        {
            case ShapeKind.Collection:
                Call(writer, $"QueryCollection<{query.TypeArguments}>", [key, query.Value.Expression, Code.Member("CollectionFormat", query.CollectionFormat), .. end]);
                break;
            case ShapeKind.Map:
                Call(writer, $"QueryMap<{query.TypeArguments}>", [key, query.Value.Expression, .. end]);
                break;
            case ShapeKind.Value when query.Format is not null:
                Call(writer, "QueryFormatted", [key, query.Value.Expression, Code.Text(query.Format), .. end]);
                break;
            default:
                Call(writer, "Query", [key, query.Value.Expression, .. end]);
                break;
        }
    }

    private string RenderKey(KeyPart part) => part.IsPropertyName ? $"{_request}.QueryKey({Code.Text(part.Text)})" : Code.Text(part.Text);

    private void EmitBody(SourceWriter writer)
    {
        if (method.Multipart is { } multipart)
        {
            Call(writer, "Multipart", Code.Text(multipart.Boundary));
            foreach (PropertyModel part in multipart.Parts)
            {
                Call(writer, "Part", Code.Text(part.Name), part.Expression);
            }
        }
        else if (method.Body is { Form: { } form })
        {
            writer.Line($"var {_form} = {_request}.Form();");
            foreach (FormFieldModel field in form)
            {
                writer.Line($"{_form}.{RenderField(field)};");
            }

            Call(writer, "Body", $"{_form}.ToContent()");
        }
        else if (method.Body is { } body)
        {
            Call(writer, "Body", body.Expression, Code.Member("BodySerializationMethod", body.Method), Code.Flag(body.Buffered));
        }
    }

    private string RenderField(FormFieldModel field) => field.Kind switch
    {
        ShapeKind.Map => $"AddMap<{field.TypeArguments}>({field.Expression})",
        ShapeKind.Collection => $"AddCollection<{field.TypeArguments}>({RenderName(field)}, {field.Expression}, {Code.Text(field.Format)}, {Code.Member("CollectionFormat", field.CollectionFormat)})",
        _ => $"Add({RenderName(field)}, {field.Expression}, {Code.Text(field.Format)})",
    };

    private string RenderName(FormFieldModel field)
    {
        string name = field.Name is null ? $"{_form}.GetName({fields.GetProperty(field.Owner, field.Property)})" : Code.Text(field.Name);
        return field.Prefix.Length == 0 ? name : $"{Code.Text(field.Prefix)} + {name}";
    }

    private void EmitHeaders(SourceWriter writer)
    {
        foreach (HeaderModel header in method.Headers)
        {
            switch (header.Kind)
            {
                case HeaderKind.Fixed when header.Value is null:
                    Call(writer, "RemoveHeader", Code.Text(header.Name));
                    break;
                case HeaderKind.Fixed:
                    Call(writer, "Header", Code.Text(header.Name), Code.Text(header.Value));
                    break;
                case HeaderKind.Parameter:
                    Call(writer, "Header", Code.Text(header.Name), header.Value!);
                    break;
                case HeaderKind.Credential:
                    Call(writer, "Header", Code.Text(header.Name), $"{Code.Text(header.Scheme + " ")} + {header.Value}");
                    break;
                default:
                    Call(writer, "Headers", header.Value!);
                    break;
            }
        }
    }

    private string GetSend()
    {
        string arguments = $"({_request}, {method.CancellationToken ?? "default"}).ConfigureAwait(false);";
        return method.Return.Kind switch
        {
            ReturnKind.Nothing => $"await global::Refit.Sender.SendVoidAsync{arguments}",
            ReturnKind.Message => $"return await global::Refit.Sender.SendForResponseAsync{arguments}",
            ReturnKind.ApiResponse => $"return await global::Refit.Sender.SendForApiResponseAsync<{method.Return.Content}>{arguments}",
            _ => $"return await global::Refit.Sender.SendAsync<{method.Return.Content}>{arguments}",
        };
    }

    private void Call(SourceWriter writer, string name, params string[] arguments) =>
        writer.Line($"{_request}.{name}({string.Join(", ", arguments)});");
}

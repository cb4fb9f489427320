<#
.SYNOPSIS
    The ways to ask the same question: what each needs, and how it asks N times. To be dot-sourced: the script blocks use
    the variables set here.
.DESCRIPTION
    The address and the model come from OPENAI_BASE_URL and OPENAI_MODEL, so that the first call of ChatPS finds its
    connection by itself. Invoke-RestMethod gets its JSON ready-made.
#>
$uri = $env:OPENAI_BASE_URL
$model = $env:OPENAI_MODEL
$body = '{"model":"' + $model + '","messages":[{"role":"user","content":"What is a pipeline?"}]}'

[ordered]@{
    'ChatPS'            = @{
        Needs = 'ChatPS'
        Ask   = { param($Times) foreach ($i in 1..$Times) { $null = Invoke-ChatCompletion 'What is a pipeline?' } }
    }
    'Invoke-RestMethod' = @{
        Needs = 'Utility'
        Ask   = { param($Times) foreach ($i in 1..$Times) { $null = Invoke-RestMethod "$uri/chat/completions" -Method Post -Body $body -ContentType 'application/json' } }
    }
    'Bare Refit'        = @{
        Needs = 'Baseline'
        Ask   = { param($Times) foreach ($i in 1..$Times) { $null = Invoke-BareRefit 'What is a pipeline?' -BaseUri $uri -Model $model } }
    }
    'Bare HttpClient'   = @{
        Needs = 'Baseline'
        Ask   = { param($Times) foreach ($i in 1..$Times) { $null = Invoke-BareHttp 'What is a pipeline?' -BaseUri $uri -Model $model } }
    }
}

BeforeAll {
    . $PSScriptRoot/common.ps1

    # The messages that were sent, as compact JSON.
    function Get-SentMessage([int] $Index) {
        (Get-TestBody).messages[$Index] | ConvertTo-Json -Compress -Depth 9
    }
}

AfterAll {
    Clear-Test
}

Describe 'What is given to -Message' {
    BeforeAll {
        Connect-TestSandbox
        $question = @{ role = 'user'; content = 'q' }
        $result = @{ role = 'tool'; tool_call_id = 'c1'; content = 'ok' }
    }

    It 'gives back what a service wants back with an answer that calls tools' {
        $call = @{ id = 'c1'; type = 'function'; function = @{ name = 'f'; arguments = '{}' }; extra_content = @{ google = @{ thought_signature = 'sig' } } }
        $details = @(@{ type = 'reasoning.encrypted'; data = 'x'; index = 0 })
        $null = Invoke-ChatCompletion -Message $question, @{ role = 'assistant'; reasoning_content = ''; reasoning_details = $details; tool_calls = @($call) }, $result
        $sent = (Get-TestBody).messages[1]
        $sent.reasoning_content | Should -BeExactly ''
        $sent.reasoning_details[0].data | Should -BeExactly 'x'
        $sent.tool_calls[0].extra_content.google.thought_signature | Should -BeExactly 'sig'
    }

    It 'has arguments of calls as JSON where they were <What>' -ForEach @(
        @{ What = 'a hashtable'; Arguments = @{ city = 'Paris' }; Json = '{"city":"Paris"}' }
        @{ What = 'an ordered table'; Arguments = [ordered]@{ b = 1; a = @(1, 2) }; Json = '{"b":1,"a":[1,2]}' }
        @{ What = 'an object'; Arguments = [pscustomobject]@{ deep = [pscustomobject]@{ x = $null } }; Json = '{"deep":{"x":null}}' }
        @{ What = 'JSON'; Arguments = '{"city": "Paris"}'; Json = '{"city": "Paris"}' }
        @{ What = 'a list'; Arguments = @(1, 'b'); Json = '[1,"b"]' }
    ) {
        $null = Invoke-ChatCompletion -Message $question, @{ role = 'assistant'; tool_calls = @(@{ id = 'c1'; type = 'function'; function = @{ name = 'f'; arguments = $Arguments } }) }, $result
        $sent = (Get-TestBody).messages[1].tool_calls
        $sent[0].function.arguments | Should -BeExactly $Json
        $sent[0].function.name | Should -BeExactly 'f'
        $sent[0].id | Should -BeExactly 'c1'
    }

    It 'has one call where tool_calls is <What>' -ForEach @(
        @{ What = 'one hashtable'; Calls = @{ id = 'c1'; type = 'function'; function = @{ name = 'f'; arguments = '{}' } } }
        @{ What = 'an object'; Calls = [pscustomobject]@{ id = 'c1'; type = 'function'; function = [pscustomobject]@{ name = 'f'; arguments = '{}' } } }
        @{ What = 'a call of ours'; Calls = { New-Object ChatPS.ChatToolCall -Property @{ Id = 'c1'; Name = 'f'; Arguments = '{}' } } }
        @{ What = 'without its type'; Calls = @{ id = 'c1'; function = @{ name = 'f'; arguments = '{}' } } }
        @{ What = 'as a stream counts it'; Calls = @{ index = 0; id = 'c1'; type = 'function'; function = @{ name = 'f'; arguments = '{}' } } }
    ) {
        $made = if ($Calls -is [scriptblock]) { & $Calls } else { $Calls }
        $null = Invoke-ChatCompletion -Message $question, @{ role = 'assistant'; tool_calls = $made }, $result
        (Get-SentMessage 1) | Should -BeExactly '{"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]}'
    }

    It 'keeps numbers as ids and names' {
        $null = Invoke-ChatCompletion -Message $question, @{ role = 'assistant'; tool_calls = @{ id = 7; function = @{ name = 'f'; arguments = @{} } } }, @{ role = 'tool'; tool_call_id = 7; content = 'ok' }, @{ role = 'user'; name = 12; content = 'and?' }
        $sent = (Get-TestBody).messages
        $sent[1].tool_calls[0].id | Should -BeExactly '7'
        $sent[2].tool_call_id | Should -BeExactly '7'
        $sent[3].name | Should -BeExactly '12'
    }

    It 'has an old call whose arguments were a hashtable' {
        $null = Invoke-ChatCompletion -Message $question, @{ role = 'assistant'; function_call = @{ name = 'f'; arguments = @{ a = 1 } } }, @{ role = 'function'; name = 'f'; content = 'ok' }
        (Get-TestBody).messages[1].function_call.arguments | Should -BeExactly '{"a":1}'
    }

    It 'has data in contents as JSON: <What>' -ForEach @(
        @{ What = 'the output of a tool'; Message = @{ role = 'tool'; tool_call_id = 'c1'; content = [ordered]@{ type = 'sunny'; degrees = 21 } }; Text = '{"type":"sunny","degrees":21}' }
        @{ What = 'rows of a tool'; Message = @{ role = 'tool'; tool_call_id = 'c1'; content = @(@{ a = 1 }, @{ a = 2 }) }; Text = '[{"a":1},{"a":2}]' }
        @{ What = 'a hashtable'; Message = @{ role = 'user'; content = [ordered]@{ text = 'x'; lang = 'en' } }; Text = '{"text":"x","lang":"en"}' }
        @{ What = 'a number'; Message = @{ role = 'user'; content = 42 }; Text = '42' }
        @{ What = 'a flag'; Message = @{ role = 'user'; content = $true }; Text = 'true' }
        @{ What = 'numbers'; Message = @{ role = 'user'; content = @(1, 2) }; Text = '[1,2]' }
        @{ What = 'a date'; Message = @{ role = 'user'; content = [datetime]::new(2026, 11, 5, 0, 0, 0, [DateTimeKind]::Utc) }; Text = '2026-11-05T00:00:00.0000000Z' }
    ) {
        $before = if ($Message.role -eq 'tool') { @{ role = 'assistant'; tool_calls = @{ id = 'c1'; function = @{ name = 'f'; arguments = '{}' } } } }
        $null = Invoke-ChatCompletion -Message (@($question) + @($before | Where-Object { $_ }) + $Message)
        (Get-ChatSandboxRequest -Name Test -Last 1).Body.Contains("`"content`":$($Text | ConvertTo-Json)") | Should -BeTrue
    }

    It 'takes one part for a list of one: <What>' -ForEach @(
        @{ What = 'a hashtable'; Part = @{ type = 'image_url'; image_url = @{ url = 'https://example.com/a.png'; detail = 'low' } } }
        @{ What = 'names in another case'; Part = @{ Type = 'image_url'; Image_Url = @{ URL = 'https://example.com/a.png'; Detail = 'low' } } }
        @{ What = 'our own form'; Part = @{ Type = 'image_url'; Url = 'https://example.com/a.png'; Detail = 'low' } }
        @{ What = 'an address alone'; Part = @{ type = 'image_url'; image_url = 'https://example.com/a.png'; detail = 'low' } }
    ) {
        $null = Invoke-ChatCompletion -Message @{ role = 'user'; content = $Part }
        Get-SentMessage 0 | Should -BeExactly '{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.com/a.png","detail":"low"}}]}'
    }

    It 'takes one hashtable for a conversation of one' {
        $answer = Invoke-ChatCompletion -Message @{ role = 'user'; content = 'hi' }
        $answer.Messages.Count | Should -Be 2
        @((Get-TestBody).messages).Count | Should -Be 1
    }

    It 'takes messages from JSON: <What>' -ForEach @(
        @{ What = 'objects'; Read = { $args[0] | ConvertFrom-Json } }
        @{ What = 'tables'; Read = { if ($PSVersionTable.PSVersion.Major -ge 7) { $args[0] | ConvertFrom-Json -AsHashtable } else { $args[0] | ConvertFrom-Json } } }
        @{ What = 'a tree of .NET'; Read = { if ($PSVersionTable.PSVersion.Major -ge 7) { [Text.Json.JsonDocument]::Parse($args[0]).RootElement } else { $args[0] | ConvertFrom-Json } } }
    ) {
        $json = '[{"role":"system","content":"s"},{"role":"user","content":[{"type":"text","text":"q"}]},{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":{"a":[1]}}}],"refusal":null,"annotations":[]},{"role":"tool","tool_call_id":"c1","content":"r"}]'
        $null = Invoke-ChatCompletion -Message (& $Read $json)
        $sent = (Get-TestBody).messages
        $sent.role | Should -Be 'system', 'user', 'assistant', 'tool'
        $sent[1].content | Should -BeExactly 'q'
        $sent[2].tool_calls[0].function.arguments | Should -BeExactly '{"a":[1]}'
    }

    It 'takes messages of ours that were written to a file' {
        $tool = @{ type = 'function'; function = @{ name = 'f'; parameters = @{ type = 'object' } } }
        $first = Invoke-ChatCompletion 'Please call f.' -Tool $tool
        $read = $first.Messages | ConvertTo-Json -Depth 9 | ConvertFrom-Json
        $null = Invoke-ChatCompletion -Message (@($read) + @{ role = 'tool'; tool_call_id = $first.ToolCalls[0].Id; content = 'ok' }) -Tool $tool
        $sent = (Get-TestBody).messages
        $sent[0].content | Should -BeExactly 'Please call f.'
        $sent[1].tool_calls[0].function.name | Should -BeExactly 'f'
        $sent[1].tool_calls[0].id | Should -BeExactly $first.ToolCalls[0].Id
    }

    It 'names a member that has no place: <What>' -ForEach @(
        @{ What = 'of a message'; Message = @{ role = 'user'; content = 'hi'; colour = 'red' }; Like = "*-Message``[0``]*'colour'*" }
        @{ What = 'of a part'; Message = @{ role = 'user'; content = @(@{ type = 'text'; text = 'hi'; cache_control = @{ type = 'ephemeral' } }) }; Like = "*content``[0``]*'cache_control'*" }
        @{ What = 'of an image'; Message = @{ role = 'user'; content = @(@{ type = 'image_url'; image_url = @{ url = 'https://example.com'; size = 3 } }) }; Like = "*image_url*'size'*" }
        @{ What = 'of a call'; Message = @{ role = 'assistant'; tool_calls = @(@{ id = 'a'; function = @{ name = 'f'; argments = @{ a = 1 } } }) }; Like = "*tool_calls``[0``]*'argments'*" }
        @{ What = 'beside a call'; Message = @{ role = 'assistant'; tool_calls = @(@{ id = 'a'; function = @{ name = 'f' }; extra = 1 }) }; Like = "*tool_calls``[0``]*'extra'*" }
        @{ What = 'a call without a name'; Message = @{ role = 'assistant'; tool_calls = @{ id = 'a'; function = @{ arguments = '{}' } } }; Like = '*no name*' }
        @{ What = 'a call that is text'; Message = @{ role = 'assistant'; tool_calls = 'f(x)' }; Like = '*f(x)*' }
        @{ What = 'a function that is text'; Message = @{ role = 'assistant'; tool_calls = @{ id = 'a'; function = 'f' } }; Like = "*'f'*" }
        @{ What = 'a type of content'; Message = @{ role = 'user'; content = @{ type = 'video'; video = 'x' } }; Like = "*'video'*" }
        @{ What = 'an image without its address'; Message = @{ role = 'user'; content = @{ type = 'image_url' } }; Like = '*image_url*empty*' }
        @{ What = 'text said twice'; Message = @{ role = 'user'; content = 'a'; text = 'b' }; Like = '*content and text*' }
        @{ What = 'a member in two spellings'; Message = @{ role = 'tool'; content = 'a'; tool_call_id = 'x'; ToolCallId = 'y' }; Like = '*same member*' }
        @{ What = 'a null'; Message = [DBNull]::Value; Like = '*null is no message*' }
        @{ What = 'a secret'; Message = @{ role = 'user'; content = @{ a = (ConvertTo-SecureString 'sk-test-x' -AsPlainText -Force) } }; Like = "*'content.a'*secret*" }
    ) {
        $failure = @(Get-Failure { Invoke-ChatCompletion -Message $Message })
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        $failure[0].Exception.Message | Should -BeLike $Like
    }

    It 'gives back what the service wants back: <What>' -ForEach @(
        @{ What = 'reasoning_content'; Members = @{ reasoning_content = 'Hm.' } }
        @{ What = 'reasoning'; Members = @{ reasoning = 'Hm.' } }
        @{ What = 'reasoning_details'; Members = @{ reasoning_details = @(@{ type = 'reasoning.text'; signature = 's' }) } }
        @{ What = 'extra_content'; Members = @{ extra_content = @{ google = @{ a = 1 } } } }
    ) {
        $call = @{ id = 'c1'; type = 'function'; function = @{ name = 'f'; arguments = '{}' }; extra_content = @{ google = @{ thought_signature = 'sig' } } }
        $answer = Invoke-ChatCompletion -Message $question, (@{ role = 'assistant'; tool_calls = $call } + $Members), $result
        $sent = (Get-TestBody).messages[1]
        ConvertTo-Json $sent.$What -Compress -Depth 9 | Should -BeExactly (ConvertTo-Json $Members.$What -Compress -Depth 9)
        $sent.tool_calls[0].extra_content.google.thought_signature | Should -BeExactly 'sig'
        $answer.Messages.Count | Should -Be 4
    }

    It 'refuses reasoning of anybody but the assistant by name' {
        @(Get-Failure { Invoke-ChatCompletion -Message @{ role = 'user'; content = 'q'; reasoning_content = 'Hm.' } }).Exception.Message | Should -BeLike "*'reasoning_content'*"
    }

    It 'is no file' {
        $file = Join-Path $TestDrive 'content.txt'
        Set-Content $file 'text'
        @(Get-Failure { Invoke-ChatCompletion -Message @{ role = 'user'; content = (Get-Item $file) } }).Exception.Message | Should -BeLike '*content.txt*'
    }
}

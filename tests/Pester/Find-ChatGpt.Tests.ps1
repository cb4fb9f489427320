BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Find-ChatGpt' {
    BeforeEach {
        Connect-TestSandbox
    }

    It 'gives what the store finds, in its order, and how to ask it' {
        $found = @(Find-ChatGpt weather)
        $found | Should -BeOfType ChatPS.ChatGpt
        $found.Id | Should -Be 'g-sandbox01', 'g-sandbox03'
        $found.Name | Should -Be 'Weather', 'Weather maps'
        $found.Model | Should -Be 'gpt-4-gizmo-g-sandbox01', 'gpt-4-gizmo-g-sandbox03'
        $found[0].Link | Should -BeExactly 'https://chatgpt.com/g/g-sandbox01-weather'
        $found[0].Description | Should -BeExactly 'Tells the weather of a town.'
        $found[0].Connection | Should -Be 'Test'
        ($found[0].Raw | ConvertFrom-Json).title | Should -BeExactly 'Weather'
        "$($found[0])" | Should -BeExactly 'Weather'
        $request = Get-TestRequest
        $request.Method | Should -Be 'GET'
        $request.Path | Should -Be '/v2/gpts/search'
        $request.Query | Should -Be 'query=weather'
    }

    It 'searches for each item, and finds nothing without an error' {
        ('weather', 'nothing-of-that-kind', 'logs' | Find-ChatGpt).Id | Should -Be 'g-sandbox01', 'g-sandbox03', 'g-sandbox02'
        @(Get-TestRequest).Count | Should -Be 3
    }

    It 'emits once what several searches find' {
        (Find-ChatGpt weather, maps).Id | Should -Be 'g-sandbox01', 'g-sandbox03'
        ('maps', 'weather' | Find-ChatGpt).Id | Should -Be 'g-sandbox03', 'g-sandbox01'
    }

    It 'makes an error of what the store refuses under a status of success, in its words' {
        Connect-TestSandbox @{ Response = @{ Path = '*/gpts/search'; Response = @{ code = 1; msg = 'the store is closed'; data = $null } } }
        Find-ChatGpt weather -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        @($failure).Count | Should -Be 1
        $failure[0].Exception.Message | Should -BeLike '*the store is closed*'
        $failure[0].TargetObject | Should -Be 'weather'
    }

    It 'sends nothing for words that are blank' {
        ' ' | Find-ChatGpt -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        $failure[0].Exception.Message | Should -BeLike '*-Query*'
        @(Get-TestRequest).Count | Should -Be 0
    }
}

Describe 'A chat with what was found' {
    BeforeEach {
        Connect-TestSandbox
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
    }

    It 'draws, with progress in its text and the picture once in Media: <Model><How>' -ForEach @(
        @{ Model = 'gpt-4-gizmo-g-sandbox03'; How = ''; With = @{} }
        @{ Model = 'gpt-4o-gizmo-g-sandbox03'; How = ''; With = @{} }
        @{ Model = 'gpt-4-all'; How = ''; With = @{} }
        @{ Model = 'gpt-4-all'; How = ', streamed'; With = @{ Stream = $true } }
    ) {
        $answer = @(Invoke-ChatCompletion 'Please draw a map.' -Model $Model @With)[-1]
        if ($answer -is [ChatPS.ChatCompletionUpdate]) {
            $answer = $answer.Completion
        }

        $answer.Text | Should -BeLike '> Drawing*80%*!`[What was drawn](http*)*Here it is.'
        @($answer.Media).Count | Should -Be 1
        $answer.Media[0].Kind | Should -Be 'image'
        $saved = $answer | Save-ChatMedia $folder
        $saved.MediaType | Should -Be 'image/png'
        (Get-Item $saved.Path).Length | Should -Be $saved.Size
    }

    It 'reads a picture that another drew' {
        $drawn = Invoke-ChatCompletion 'Draw a fox.' -Model gpt-4-all
        $answer = $drawn.Media[0] | Invoke-ChatCompletion 'What is on it?' -Model gpt-4-all
        $answer.Text | Should -BeLike '*What is on it?*'
        $part = (Get-TestBody).messages[-1].content[1]
        $part.type | Should -Be 'image_url'
        $part.image_url.url | Should -BeExactly $drawn.Media[0].Url
    }

    It 'answers in words where nothing is to be drawn' {
        $answer = Invoke-ChatCompletion 'Hello' -Model gpt-4-all
        $answer.Text | Should -BeExactly 'You said: Hello'
        $answer.Media | Should -BeNullOrEmpty
    }

    It 'sings, where the model is a singer' {
        $answer = Invoke-ChatCompletion 'A song about bars.' -Model suno-v3
        $answer.Text | Should -BeLike '*Singing... 50%*`[Verse]*'
        $answer.Media.Kind | Should -Be 'audio', 'video'
        $saved = $answer | Save-ChatMedia $folder
        $saved.MediaType | Should -Be 'audio/wav', 'video/mp4'
    }
}

import { exactOnly, gatewayMethods, mappable } from './checks.js';
import { FUNCTION_SENDS, GATEWAY_ERRORS, gatewayErrorHeaders, mockOf, NO_GATEWAY_RESPONSES } from './mock.js';
import { gatewayResponseResources, optionsProperties } from './options.js';
import type { Target } from './output.js';

export const TO_THE_FUNCTION = 'wrap the function in withCors and give it the OPTIONS method of the resource too';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-method.html */
export const cloudFormation: Target = {
  formats: ['yaml', 'json'],
  checks: [...exactOnly(TO_THE_FUNCTION), gatewayMethods, ...mappable],
  write(policy) {
    const errors = gatewayErrorHeaders(policy);
    const responses = errors === undefined ? {} : gatewayResponseResources(errors, GATEWAY_ERRORS, { Ref: 'Api' });
    return {
      document: {
        AWSTemplateFormatVersion: '2010-09-09',
        Parameters: { FunctionArn: { Type: 'String', Description: 'The function behind the API' } },
        Resources: {
          NotesOptions: {
            Type: 'AWS::ApiGateway::Method',
            Properties: optionsProperties(mockOf(policy), {
              RestApiId: { Ref: 'Api' },
              ResourceId: { Ref: 'NotesResource' },
            }),
          },
          ...responses,
          Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'notes' } },
          NotesResource: {
            Type: 'AWS::ApiGateway::Resource',
            Properties: {
              RestApiId: { Ref: 'Api' },
              ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
              PathPart: 'notes',
            },
          },
          NotesGet: {
            Type: 'AWS::ApiGateway::Method',
            Properties: {
              RestApiId: { Ref: 'Api' },
              ResourceId: { Ref: 'NotesResource' },
              HttpMethod: 'GET',
              AuthorizationType: 'NONE',
              Integration: {
                Type: 'AWS_PROXY',
                IntegrationHttpMethod: 'POST',
                Uri: {
                  'Fn::Sub':
                    // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholders are for Fn::Sub.
                    'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${FunctionArn}/invocations',
                },
              },
            },
          },
          Deployment: {
            Type: 'AWS::ApiGateway::Deployment',
            DependsOn: ['NotesGet', 'NotesOptions', ...Object.keys(responses)],
            Properties: { RestApiId: { Ref: 'Api' } },
          },
          Stage: {
            Type: 'AWS::ApiGateway::Stage',
            Properties: { RestApiId: { Ref: 'Api' }, DeploymentId: { Ref: 'Deployment' }, StageName: 'prod' },
          },
        },
      },
      head: 'CORS for a REST API of AWS::ApiGateway::Method resources. Take the resources down to Api into your template, with your names for Api and NotesResource; one OPTIONS method for each resource that pages call.',
      comments: [
        errors === undefined
          ? [['Resources', 'NotesOptions'], NO_GATEWAY_RESPONSES]
          : [['Resources', 'Default4xx'], "The gateway's own errors, so that pages can read them."],
        [['Resources', 'Api'], 'From here on: what your template has already.'],
        [
          ['Resources', 'Deployment'],
          'A deployment must come after what it is to have. Change its name, or nothing is deployed.',
        ],
      ],
      notes: [
        FUNCTION_SENDS,
        ...(errors === undefined ? [NO_GATEWAY_RESPONSES] : []),
        'Nothing takes effect before a deployment: let yours depend on the OPTIONS methods, and give it another logical id. If your API has a Body, use `lambda-cors generate openapi`: gateway responses beside a Body are lost with the next update.',
      ],
    };
  },
};
